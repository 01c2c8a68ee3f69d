import { Option, type Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { TestFlags } from './test-run.ts';

export function describeTest(program: Command, deps: Deps): void {
  const command = program.command('test').description('smoke test: initialize and tools/list, as `emcp:test` does');
  addTargetFlags(command)
    .addOption(new Option('--via <way>', 'by the console, or over HTTP as clients come').choices(['artisan', 'http']))
    .option('--json', 'the outcome as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: TestFlags) => {
      const { runTest } = await import('./test-run.ts');
      deps.exit(await runTest(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp test                                      the embedded server's console
  $ emcp test --via http
  $ emcp test --url https://example.org --secret-file jwt.secret --server content`;
