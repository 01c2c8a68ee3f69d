import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createTables,
  hasTable,
  storeOpener,
  openStore,
  timestamp,
  type Store,
} from '../../../src/server/dispatch/store.ts';
import { createTasks } from '../../../src/server/dispatch/tasks.ts';
import { repairWorker } from '../../../src/server/dispatch/worker-row.ts';

const folder = mkdtempSync(join(tmpdir(), 'emcp-store-'));
const noon = Date.UTC(2026, 0, 2, 12);
const now = () => noon;
const opened = (store: Store) => ({
  opened: () => store,
  open: async () => Promise.resolve(store),
  close: async () => Promise.resolve(),
});
const tasksOf = (store: Store) => createTasks(opened(store), now);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the store', () => {
  it('gives a task row the documented defaults', async () => {
    const { database } = await openStore();
    database.exec("insert into s_tasks (identifier, action) values ('a', 'b')");
    expect({ ...database.prepare('select * from s_tasks').get() }).toEqual({
      id: 1,
      identifier: 'a',
      action: 'b',
      status: 10,
      message: null,
      started_by: null,
      meta: null,
      result: null,
      start_at: null,
      finished_at: null,
      attempts: 0,
      max_attempts: 3,
      priority: 'normal',
      progress: 0,
      created_at: null,
      updated_at: null,
    });
  });

  it('has the documented indexes, and refuses a second worker of one name', async () => {
    const { database } = await openStore();
    const names = database.prepare("select name from sqlite_master where type = 'index' and sql is not null").all();
    expect(names.map(({ name }) => String(name)).toSorted((a, b) => a.localeCompare(b))).toEqual(
      [
        's_workers_identifier_index',
        's_workers_scope_index',
        's_workers_active_index',
        's_workers_position_index',
        's_workers_uuid_unique',
        's_workers_identifier_unique',
        's_tasks_identifier_action_index',
        's_tasks_status_index',
        's_tasks_started_by_index',
        's_tasks_start_at_index',
        's_tasks_created_at_index',
        's_tasks_priority_index',
      ].toSorted((a, b) => a.localeCompare(b)),
    );
    const insert = "insert into s_workers (identifier, class) values ('a', 'b')";
    database.exec(insert);
    expect(() => {
      database.exec(insert);
    }).toThrow(/unique/i);
  });

  it('puts a prefix before its tables and refuses one that is not a name', async () => {
    const store = await openStore({ prefix: 'evo_' });
    expect(store.database.prepare('select count(*) as n from evo_s_tasks').get()).toMatchObject({ n: 0 });
    expect(hasTable(store, 's_workers')).toBe(true);
    await expect(openStore({ prefix: 'x" (' })).rejects.toThrow(RangeError);
  });

  it('makes a dropped table anew and leaves the others alone', async () => {
    const store = await openStore();
    repairWorker(opened(store), 'stask', noon);
    store.database.exec('drop table s_tasks');
    expect(tasksOf(store).available()).toBe(false);
    createTables(store);
    expect(tasksOf(store).available()).toBe(true);
    expect(store.database.prepare('select count(*) as n from s_workers').get()).toMatchObject({ n: 1 });
  });

  it('counts a database that is gone as having no task table', async () => {
    const store = await openStore();
    store.database.close();
    expect(tasksOf(store).available()).toBe(false);
  });

  it('keeps tasks, cache and progress of a file when it is opened again', async () => {
    const file = join(folder, 'kept.sqlite');
    const first = await openStore({ file });
    tasksOf(first).queue('{}', 7);
    first.cache.put('key', { a: 1 }, 100);
    first.progress.append(1, { status: 'running', percent: 10, message: 'half|way' });
    first.database.close();

    const second = await openStore({ file });
    expect(tasksOf(second).due()).toEqual([{ id: 1, identifier: 'emcp_dispatch', meta: '{}' }]);
    expect(second.cache.get('key', 99)).toEqual({ a: 1 });
    expect(second.cache.get('key', 100)).toBeUndefined();
    expect(second.progress.read(1)).toBe('running|10|0|0|—|half way\n');
    expect(second.progress.read(2)).toBe('');
    second.database.close();
  });

  it('forgets for good what a cache clear took', async () => {
    const file = join(folder, 'cleared.sqlite');
    const store = await openStore({ file });
    store.cache.put('key', 1, 60);
    store.cache.clear();
    expect(store.cache.get('key', 0)).toBeUndefined();
    store.database.close();
    const again = await openStore({ file });
    expect(again.cache.get('key', 0)).toBeUndefined();
    again.database.close();
  });

  it('opens once for all who ask, and not before', async () => {
    const opener = storeOpener();
    expect(() => opener.opened()).toThrow('not open');
    const [first, second] = await Promise.all([opener.open(), opener.open()]);
    expect(first).toBe(second);
    expect(opener.opened()).toBe(first);
    await opener.close();
    await expect(storeOpener().close()).resolves.toBeUndefined();
  });

  it('writes time stamps in UTC and whole seconds', () => {
    expect(timestamp(noon + 999)).toBe('2026-01-02 12:00:00');
  });
});
