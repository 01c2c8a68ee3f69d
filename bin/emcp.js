#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const built = new URL('../dist/cli/main.js', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`emcp needs Node.js 20.19 or newer; this is ${process.versions.node}`);
  process.exitCode = 78;
} else if (process.argv.length === 3 && /^(?:--version|-V)$/.test(process.argv[2])) {
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
} else if (existsSync(built)) {
  module.enableCompileCache?.();
  const { main } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error('emcp is not built: run `npm ci` (with development dependencies) or `npm run build`');
  process.exitCode = 78;
}
