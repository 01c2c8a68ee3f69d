import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../src/server/dispatch/store.ts';
import { repairWorker } from '../../../src/server/dispatch/worker-row.ts';

const noon = Date.UTC(2026, 0, 2, 12);
const repair = (store: Store, driver = 'stask') => repairWorker({ opened: () => store }, driver, noon);
const rows = ({ database }: Store) => database.prepare('select * from s_workers order by id').all();

describe('the repair of the worker row', () => {
  it('creates the row behind the other workers and finds it in line afterwards', async () => {
    const store = await openStore();
    store.database.exec("insert into s_workers (identifier, class, position) values ('other', 'X', 4)");
    expect(repair(store)).toEqual({ kind: 'created' });
    expect(rows(store)[1]).toMatchObject({
      identifier: 'emcp_dispatch',
      scope: 'eMCP',
      active: 1,
      position: 5,
      settings: '[]',
      hidden: 0,
      uuid: null,
      class: String.raw`EvolutionCMS\eMCP\sTask\McpDispatchWorker`,
      created_at: '2026-01-02 12:00:00',
    });
    expect(repair(store)).toEqual({ kind: 'in-sync' });
  });

  it.each(['active = 0', "scope = 'x'", "class = 'x'"])(
    'repairs a row with %s and keeps its position',
    async (drift) => {
      const store = await openStore();
      repair(store);
      store.database.exec(`update s_workers set position = 9, ${drift}`);
      expect(repair(store)).toEqual({ kind: 'updated' });
      expect(rows(store)).toMatchObject([{ active: 1, scope: 'eMCP', position: 9 }]);
      expect(repair(store)).toEqual({ kind: 'in-sync' });
    },
  );

  it('is skipped when tasks are not queued, and without the table', async () => {
    const store = await openStore();
    expect(repair(store, 'sync')).toEqual({ kind: 'skipped', reason: 'driver' });
    store.database.exec('drop table s_workers');
    expect(repair(store)).toEqual({ kind: 'skipped', reason: 'no-table' });
  });

  it('says whether looking or writing failed', async () => {
    const store = await openStore();
    store.database.exec("create trigger t before insert on s_workers begin select raise(abort, 'disk full'); end");
    const failure = repair(store);
    expect(failure).toMatchObject({ kind: 'failed', stage: 'sync' });
    expect(JSON.stringify(failure)).toContain('disk full');
    store.database.close();
    expect(repair(store)).toMatchObject({ kind: 'failed', stage: 'inspect' });
  });
});
