import type { WorkerRepair } from '../dispatch/worker-row.ts';
import { workerIdentifier } from '../dispatch/worker-row.ts';
import { printed, type ConsoleOutcome } from './outcome.ts';

const repaired = { created: 'created', updated: 'updated', 'in-sync': 'already in sync' } as const;
const skipped = { driver: 'queue.driver is not stask.', 'no-table': 's_workers table does not exist.' } as const;
const failed = {
  inspect: 'Cannot inspect s_workers table',
  sync: `Failed to sync ${workerIdentifier} worker`,
} as const;

/** `emcp:sync-workers`; a skipped sync counts as success. */
export function syncWorkers(repair: WorkerRepair): ConsoleOutcome {
  switch (repair.kind) {
    case 'skipped':
      return printed(0, [skipped[repair.reason]]);
    case 'failed':
      return printed(1, [`${failed[repair.stage]}: ${repair.message}`]);
    case 'created':
    case 'updated':
    case 'in-sync':
      return printed(0, [`${workerIdentifier} worker ${repaired[repair.kind]}.`]);
  }
}
