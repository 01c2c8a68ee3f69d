import { expect, it } from 'vitest';
import { Blocked } from '../../src/model/errors.ts';
import { createDatabaseProbe } from '../../src/probes/database.ts';
import { parseDatabaseUrl } from '../../src/probes/database-url.ts';
import { createJournal } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';

export function probeFor(url: string, prefix = 'evo_', signal = new AbortController().signal) {
  const redactor = createRedactor();
  const journal = createJournal(redactor);
  const probe = createDatabaseProbe({
    url: parseDatabaseUrl(url, redactor),
    prefix,
    recorder: journal.recorderFor('test'),
    signal,
  });
  return { probe, journal };
}

export interface Types {
  readonly id: string;
  readonly bool: string;
  readonly json: string;
  readonly text: string;
  readonly time: string;
  readonly yes: string;
  readonly no: string;
}

/** Both tables of sTask as the database's own migration types have them. */
export function tables(prefix: string, types: Types): readonly string[] {
  const { id, bool, json, text, time } = types;
  return [
    `create table ${prefix}s_workers (id ${id}, identifier varchar(191) not null, scope varchar(191) not null,
     class varchar(191) not null, active ${bool} not null, settings ${json})`,
    `create table ${prefix}s_tasks (id ${id}, identifier varchar(191) not null, action varchar(191) not null,
     status smallint not null, message text, started_by int, meta ${text}, result ${text}, finished_at ${time},
     attempts int not null, progress int not null, created_at ${time})`,
  ];
}

const KEY = 'a/b"ü%_';

/** Workers and tasks in the states that are told apart. */
export function rows(prefix: string, { yes, no }: Types): readonly string[] {
  const worker = `insert into ${prefix}s_workers (identifier, scope, class, active, settings) values`;
  const task = `insert into ${prefix}s_tasks (identifier, action, status, message, started_by, meta, result, finished_at,
    attempts, progress, created_at) values`;
  const at = `'2026-01-01 00:00:00'`;
  // As PHP writes JSON: slashes and letters beyond ASCII are escaped.
  const meta = (key: string) => `'{"trace_id":"t-1","idempotency_key":"${key}"}'`;
  const inner = `'{"http_status":200,"response":{"jsonrpc":"2.0","error":{"code":-32603}}}'`;
  return [
    `${worker} ('emcp_dispatch', 'eMCP', 'Vendor.Worker', ${yes}, '[]'), ('other', '', 'Other', ${no}, '[]')`,
    `${task} ('emcp_dispatch', 'dispatch', 80, 'done', 7, ${meta('plain-key')}, ${inner}, ${at}, 1, 100, ${at})`,
    `${task} ('emcp_dispatch', 'dispatch', 100, 'no luck', null, ${meta('plain.key')}, null, ${at}, 1, 0, ${at})`,
    `${task} ('emcp_dispatch', 'dispatch', 10, 'queued', null, '{broken', null, null, 0, 0, ${at})`,
  ];
}

/** The statement that adds a task with a key that JSON and LIKE both treat specially, in the database's own quoting. */
export function trickyTask(prefix: string, quote: (text: string) => string): string {
  const meta = quote(
    JSON.stringify({ idempotency_key: KEY })
      .replace('/', String.raw`\/`)
      .replace('ü', String.raw`\u00fc`),
  );
  return `insert into ${prefix}s_tasks (identifier, action, status, meta, attempts, progress, created_at)
    values ('other', 'dispatch', 50, ${meta}, 0, 0, '2026-01-01 00:00:00')`;
}

/** The question found no answer, and this is part of why. */
export async function expectBlocked(asked: Promise<unknown>, why: string): Promise<void> {
  const error = await asked.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Blocked);
  expect(String(error)).toContain(why);
}

/** The table that every installation of the CMS has. */
export function settingsTable(prefix: string): string {
  return `create table ${prefix}system_settings (setting_name varchar(50) not null primary key, setting_value text)`;
}

interface DatabaseUrls {
  readonly url: string;
  /** Of the CMS, without sTask. */
  readonly bare: string;
  /** Without any table. */
  readonly empty: string;
}

/** What holds for every kind of database. */
export function itAnswersQuestions(urls: () => DatabaseUrls): void {
  it('finds the row of a worker, or none', async () => {
    const { probe, journal } = probeFor(urls().url);
    const row = { identifier: 'emcp_dispatch', scope: 'eMCP', class: 'Vendor.Worker', active: true };
    expect(await probe.worker('emcp_dispatch')).toEqual({ row: { ...row, evidence: 1 }, evidence: 1 });
    expect(await probe.worker('other')).toMatchObject({ row: { active: false } });
    expect(await probe.worker('nobody')).toEqual({ row: null, evidence: 3 });
    expect(journal.entries()[0]).toMatchObject({ kind: 'database', response: { worker: row } });
  });

  it('tells tasks apart by what their rows say', async () => {
    const { probe } = probeFor(urls().url);
    expect((await probe.task(1)).row).toEqual({
      id: 1,
      identifier: 'emcp_dispatch',
      action: 'dispatch',
      status: 80,
      message: 'done',
      attempts: 1,
      progress: 100,
      traceId: 't-1',
      idempotencyKey: 'plain-key',
      startedBy: 7,
      hasFinishedAt: true,
      inner: { httpStatus: 200, errorCode: -32603 },
      evidence: 1,
    });
    expect((await probe.task(2)).row).toMatchObject({ status: 100, message: 'no luck', startedBy: null });
    const broken = { status: 10, traceId: null, hasFinishedAt: false, inner: { httpStatus: null, errorCode: null } };
    expect((await probe.task(3)).row).toMatchObject(broken);
    expect((await probe.task(99)).row).toBeNull();
  });

  it('finds tasks by exactly their key', async () => {
    const { probe } = probeFor(urls().url);
    expect((await probe.tasksByKey('plain-key')).rows.map(({ id }) => id)).toEqual([1]);
    expect((await probe.tasksByKey(KEY)).rows.map(({ id }) => id)).toEqual([4]);
    expect((await probe.tasksByKey("'; drop table x; --")).rows).toEqual([]);
  });

  it('says which table is missing', async () => {
    const { probe } = probeFor(urls().bare);
    expect(await probe.worker('emcp_dispatch')).toEqual({ missing: 's_workers', evidence: 1 });
    await expectBlocked(probe.task(1), 'missing');
  });

  it('is blocked where no table is that of the CMS, as nothing is missing there', async () => {
    await expectBlocked(probeFor(urls().empty).probe.worker('emcp_dispatch'), 'is it the right database?');
    await expectBlocked(probeFor(urls().bare, 'wrong_').probe.worker('emcp_dispatch'), 'evo_system_settings');
  });

  it('asks whether the prefix is right when another one has the table', async () => {
    const { probe } = probeFor(urls().url, 'wrong_');
    await expectBlocked(probe.worker('emcp_dispatch'), 'evo_s_workers');
    await expectBlocked(probe.task(1), 'evo_s_tasks');
  });

  it('asks nothing once the run was stopped', async () => {
    const { probe } = probeFor(urls().url, 'evo_', AbortSignal.abort(new Error('stop')));
    await expect(probe.worker('emcp_dispatch')).rejects.toThrow('stop');
  });
}

/** What holds for every database that is a server. `denied` logs in somebody who may read nothing. */
export function itTellsItsFailuresApart(urls: () => { readonly url: string; readonly denied: string }): void {
  it.each([
    ['the password is wrong', (url: URL) => (url.password = 'another-password'), 'password'],
    ['the user is wrong', (url: URL) => (url.username = 'nobody'), 'password'],
    ['the database is wrong', (url: URL) => (url.pathname = '/nothing'), 'no such database'],
  ])('is blocked when %s', async (_title, change, reason) => {
    const url = new URL(urls().url);
    change(url);
    const { probe, journal } = probeFor(url.href);
    const asked = probe.worker('emcp_dispatch');
    await expectBlocked(asked, reason);
    expect(JSON.stringify(journal.entries())).not.toContain(url.password);
  });

  it('is blocked when the user may not read the table', async () => {
    const asked = probeFor(urls().denied).probe.worker('emcp_dispatch');
    await expectBlocked(asked, 'may not read');
  });

  it('is unreachable when nobody listens and when the host has no address', async () => {
    const url = new URL(urls().url);
    url.port = '1';
    await expect(probeFor(url.href).probe.task(1)).rejects.toMatchObject({ name: 'Unreachable', kind: 'refused' });
    url.hostname = 'emcp.invalid';
    await expect(probeFor(url.href).probe.task(1)).rejects.toMatchObject({ name: 'Unreachable', kind: 'dns' });
  });
}
