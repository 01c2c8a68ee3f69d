import { defineCheck, holds, inconclusive, whereDispatched, workerFacts } from '../../src/kit/index.ts';
import { whyNotReached } from '../../src/protocol/artisan.ts';
import { parseWorkerSync } from '../../src/protocol/artisan-sync-workers.ts';

// Contract §9: a skipped sync ends with exit 0 as well, so that only the words tell.
const DONE = ['created', 'updated', 'in-sync'];

export default defineCheck({
  id: 'interop/sync-workers',
  title: '`emcp:sync-workers` leaves the dispatch worker registered',
  proves: 'The way the runbook repairs the worker works.',
  remedy: 'Read the line the command printed: `queue.driver`, the tables of sTask, or the database are not in place.',
  section: '8.2',
  cites: ['runbook:8.2/sync', 'runbook:8.2/state', 'CONTRACT 9', 'H17'],
  severity: 'must',
  impact: 'write',
  requests: {},
  needs: ['artisan'],
  optional: ['database'],
  applies: whereDispatched('queued'),

  async *run({ artisan, database, expect }) {
    const output = await artisan.run(['emcp:sync-workers']);
    const sync = parseWorkerSync(output);
    const unreached = whyNotReached(output, sync);
    if (unreached !== undefined) {
      yield inconclusive(unreached, 'synced');
      return;
    }
    yield holds('synced', {
      actual: { exit: output.exit, said: 'reason' in sync ? `${sync.kind}: ${sync.reason}` : sync.kind },
      expected: { exit: 0, said: { oneOf: DONE } },
      held: output.exit === 0 && DONE.includes(sync.kind),
      seen: output,
    });
    if (database) yield* workerFacts(await database.worker(expect.worker.identifier), expect);
  },
});
