import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import type { ExplainFlags } from './explain-run.ts';

export function describeExplain(program: Command, deps: Deps): void {
  program
    .command('explain <check>')
    .description('say what a check proves, needs and sends, and what to do when it is red')
    .option('--checks <dir...>', 'folders with checks of your own')
    .option('--json', 'the metadata as JSON')
    .addHelpText('after', '\nExamples:\n  $ emcp explain rate/threshold')
    .action(async (id: string, flags: ExplainFlags) => {
      const { runExplain } = await import('./explain-run.ts');
      deps.exit(await runExplain(id, flags, deps.io));
    });
}
