import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { SyncWorkersFlags } from './sync-workers-run.ts';

export function describeSyncWorkers(program: Command, deps: Deps): void {
  const command = program
    .command('sync-workers')
    .description('repair the dispatch worker, as `emcp:sync-workers` does, and read the row to prove it');
  addTargetFlags(command)
    .option('--allow <impacts>', 'write: repair a target that is marked as production')
    .option('--json', 'the outcome as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SyncWorkersFlags) => {
      const { runSyncWorkers } = await import('./sync-workers-run.ts');
      deps.exit(await runSyncWorkers(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp sync-workers --embedded
  $ emcp sync-workers --target production --allow write
  $ emcp sync-workers --url https://example.org --artisan "php artisan" --artisan-cwd core --ssh deploy@example.org`;
