import { equals, type Seeing } from './observe.ts';
import type { DatabaseProbe, Expectations } from './vocabulary.ts';

/** The row of the dispatch worker is there, active, and of the promised class and scope. */
export function* workerFacts(
  found: Awaited<ReturnType<DatabaseProbe['worker']>>,
  { worker }: Expectations,
): Generator<Seeing, void, void> {
  const row = 'row' in found ? found.row : null;
  const state = 'missing' in found ? `no table ${found.missing}` : 'no row';
  yield equals('registered', { actual: row?.identifier ?? state, expected: worker.identifier, seen: found });
  if (row === null) return;
  yield equals('active', { actual: row.active, expected: true, seen: found });
  yield equals('class', { actual: row.class, expected: worker.class, seen: found });
  yield equals('scope', { actual: row.scope, expected: worker.scope, seen: found });
}
