import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import type { ExplainFlags } from './explain-run.ts';

export function describeExplain(program: Command, deps: Deps): void {
  program
    .command('explain <check|exit|code>')
    .description('say what a check proves, needs and sends, and what to do when it is red; or what an exit code means')
    .option('--checks <dir...>', 'folders with checks of your own')
    .option('--json', 'the metadata as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, flags: ExplainFlags) => {
      const { runExplain } = await import('./explain-run.ts');
      deps.exit(await runExplain(id, flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp explain rate/threshold
  $ emcp explain exit                              the table of exit codes
  $ emcp explain 3`;
