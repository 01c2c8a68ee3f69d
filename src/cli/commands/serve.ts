import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import type { ServeFlags } from './serve-run.ts';

export function describeServe(program: Command, deps: Deps): void {
  program
    .command('serve')
    .description('run the reference server on its own: it answers as eMCP does')
    .option('-p, --profile <name|file>', 'serve what this profile promises', 'hybrid')
    .option('--port <n>', 'port to listen on; 0 takes a free one', '8787')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--settings <file>', 'settings by dot key, JSON or YAML')
    .option('--site <file>', 'CMS tables, JSON or YAML')
    .option('--jwt-secret <text>', 'the secret of this development server; one is made up otherwise')
    .option('--jwt-secret-file <file>', 'the same from a file')
    .option('--print-env', 'print the environment with which `emcp check` finds this server')
    .option('--fault <id>', 'be wrong in a known way, for drills')
    .option('--audit <file>', 'append audit lines as NDJSON')
    .option('--store <file>', 'keep tasks and idempotency records in this SQLite file')
    .option('--run-worker', 'run the worker once on the store, as `stask:worker` does, and end')
    .option('--worker <mode>', 'when dispatched tasks are run: auto, manual or off', 'auto')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ServeFlags) => {
      const { runServe } = await import('./serve-run.ts');
      deps.exit(await runServe(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp serve
  $ emcp serve --port 0 --print-env > server.env &
  $ . ./server.env && emcp check --allow write,load --wait
  $ emcp serve --fault rate/generous`;
