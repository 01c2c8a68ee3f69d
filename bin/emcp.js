#!/usr/bin/env node
import { existsSync, readFileSync, writeSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
// Of the table in src/cli/exit.ts, which is not loaded here.
const USAGE = 2;
const OUTPUT_LOST = 4;
const INTERNAL_ERROR = 70;
const built = new URL('../dist/cli/main.js', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`emcp needs Node.js 20.19 or newer; this is ${process.versions.node}`);
  process.exitCode = USAGE;
} else if (process.argv.length === 3 && /^(?:--version|-V)$/.test(process.argv[2])) {
  printVersion();
} else if (existsSync(built)) {
  module.enableCompileCache?.();
  const { main } = await import(built.href);
  let hasEnded = false;
  // An own check that ends the process must not make its verdict.
  process.once('exit', () => {
    if (hasEnded) return;
    process.exitCode = INTERNAL_ERROR;
    console.error('emcp: the process was ended before the verdict: by process.exit in an own check?');
  });
  const code = await main(process.argv.slice(2));
  hasEnded = true;
  // Everything is written by now; a timer that an own check left behind keeps nothing alive.
  process.exit(code);
} else {
  console.error('emcp is not built: run `npm ci` (with development dependencies) or `npm run build`');
  process.exitCode = USAGE;
}

function printVersion() {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  try {
    writeSync(1, `${version}\n`);
  } catch (error) {
    if (error.code === 'EPIPE') return;
    console.error(`emcp: output lost: standard output: cannot be written: ${error.code}`);
    process.exitCode = OUTPUT_LOST;
  }
}
