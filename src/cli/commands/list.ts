import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import type { ListFlags } from './list-run.ts';

export function describeList(program: Command, deps: Deps): void {
  program
    .command('list')
    .description('list every check with its runbook section, severity and impact')
    .option('--checks <dir...>', 'folders with checks of your own')
    .option('--json', 'the metadata as JSON')
    .addHelpText('after', '\nExamples:\n  $ emcp list\n  $ emcp list --json | jq -r .checks[].id')
    .action(async (flags: ListFlags) => {
      const { runList } = await import('./list-run.ts');
      deps.exit(await runList(flags, deps.io));
    });
}
