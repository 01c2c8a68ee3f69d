import { hasTable, timestamp, type StoreOpener, type TaskTables } from './store.ts';

export const workerIdentifier = 'emcp_dispatch';
export const workerClass = 'EvolutionCMS\\eMCP\\sTask\\McpDispatchWorker';
const workerScope = 'eMCP';

export type WorkerRepair =
  | { readonly kind: 'created' | 'updated' | 'in-sync' }
  | { readonly kind: 'skipped'; readonly reason: 'driver' | 'no-table' }
  | { readonly kind: 'failed'; readonly stage: 'inspect' | 'sync'; readonly message: string };

/**
 * Makes the worker row what eMCP registers; the runtime does so at every boot, which is why an operator cannot keep
 * the worker inactive. Twin of eMCP's worker registrar.
 */
export function repairWorker(store: Pick<StoreOpener, 'opened'>, driver: string, now: number): WorkerRepair {
  if (driver !== 'stask') {
    return { kind: 'skipped', reason: 'driver' };
  }
  try {
    return { kind: sync(store.opened(), timestamp(now)) };
  } catch (error) {
    return whyNot(store, error);
  }
}

/** Looked at afterwards, as every request repairs and nearly every one finds the table. */
function whyNot(store: Pick<StoreOpener, 'opened'>, failure: unknown): WorkerRepair {
  try {
    if (!hasTable(store.opened(), 's_workers')) return { kind: 'skipped', reason: 'no-table' };
  } catch (error) {
    return { kind: 'failed', stage: 'inspect', message: String(error) };
  }
  return { kind: 'failed', stage: 'sync', message: String(failure) };
}

function sync({ database, prefix }: TaskTables, at: string): 'created' | 'updated' | 'in-sync' {
  const table = `"${prefix}s_workers"`;
  const row = database.prepare(`select scope, class, active from ${table} where identifier = ?`).get(workerIdentifier);
  if (row === undefined) {
    database
      .prepare(
        `insert into ${table} (identifier, scope, class, active, position, settings, hidden, updated_at, created_at)
         values (?, ?, ?, 1, (select coalesce(max(position), 0) + 1 from ${table}), '[]', 0, ?, ?)`,
      )
      .run(workerIdentifier, workerScope, workerClass, at, at);
    return 'created';
  }
  if (row['scope'] === workerScope && row['class'] === workerClass && row['active'] === 1) {
    return 'in-sync';
  }
  database
    .prepare(`update ${table} set scope = ?, class = ?, active = 1, updated_at = ? where identifier = ?`)
    .run(workerScope, workerClass, at, workerIdentifier);
  return 'updated';
}
