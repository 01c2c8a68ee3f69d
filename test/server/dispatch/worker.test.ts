import { describe, expect, it } from 'vitest';
import { createIdempotency } from '../../../src/server/dispatch/idempotency.ts';
import type { InnerCall } from '../../../src/server/dispatch/inner-call.ts';
import { storeOpener } from '../../../src/server/dispatch/store.ts';
import { writeMeta, type TaskMeta } from '../../../src/server/dispatch/task-meta.ts';
import { createTasks } from '../../../src/server/dispatch/tasks.ts';
import { repairWorker } from '../../../src/server/dispatch/worker-row.ts';
import { faithfulWorker } from '../../../src/server/dispatch/worker.ts';
import type { ServerResponse } from '../../../src/server/message.ts';

const sound: TaskMeta = {
  handle: 'content',
  method: 'ping',
  params: [],
  requestId: 7,
  sessionId: '',
  traceId: 'trace',
  idempotencyKey: 'key',
  actor: null,
  context: 'api',
  payloadHash: 'hash',
};

const reply = (body: ServerResponse['body'], headers: ServerResponse['headers'] = []): ServerResponse => {
  return { status: 200, headers, body };
};

async function bench(call: InnerCall, refusal: (meta: TaskMeta) => string | undefined = () => undefined) {
  const clock = { ms: Date.UTC(2026, 0, 2, 12) };
  const now = () => clock.ms;
  const opener = storeOpener();
  const store = await opener.open();
  repairWorker(opener, 'stask', clock.ms);
  const tasks = createTasks(opener, now);
  const { progress } = store;
  const idempotency = createIdempotency(opener, { storage: 's', ttlSeconds: 3600, now });
  const parts = { tasks, progress, idempotency, call, refusal, freshId: () => 'fresh-id' };
  const worker = { run: async () => faithfulWorker.run(parts) };
  const row = () => store.database.prepare('select * from s_tasks').get();
  return { clock, store, tasks, progress, idempotency, worker, row };
}

describe('the worker', () => {
  it('takes a task from queued over running to finished', async () => {
    const seen: unknown[] = [];
    const { clock, tasks, worker, row, progress } = await bench(async () => {
      seen.push({ ...row() });
      clock.ms += 2000;
      return Promise.resolve(reply('{"result":{}}', [['MCP-Session-Id', 'session']]));
    });
    const id = tasks.queue(writeMeta(sound), null);
    expect(row()).toMatchObject({ status: 10, message: 'MCP dispatch queued', progress: 0, start_at: null });
    expect(await worker.run()).toBe(1);
    expect(seen).toMatchObject([{ status: 50, message: 'MCP dispatch queued', progress: 0, attempts: 1 }]);
    expect(row()).toMatchObject({
      status: 80,
      progress: 100,
      message: 'MCP dispatch completed',
      attempts: 1,
      max_attempts: 3,
      start_at: '2026-01-02 12:00:00',
      finished_at: '2026-01-02 12:00:02',
      created_at: '2026-01-02 12:00:00',
      result: '{"http_status":200,"session_id":"session","trace_id":"trace","response":{"result":[]}}',
    });
    expect(
      progress
        .read(id)
        .split('\n')
        .map((line) => line.split('|').slice(0, 5).join('|')),
    ).toEqual(['running|0|0|0|—', 'running|10|0|0|—', 'completed|100|0|0|—', '']);
    expect(await worker.run()).toBe(0);
  });

  it('remembers the result under the key, with its own life time', async () => {
    const { clock, tasks, worker, idempotency } = await bench(async () => Promise.resolve(reply('{"a":1}')));
    tasks.queue(writeMeta(sound), null);
    tasks.queue(writeMeta({ ...sound, idempotencyKey: '' }), null);
    clock.ms += 3000;
    await worker.run();
    expect(idempotency.find('key')).toMatchObject({ status: 'completed', taskId: 1, payloadHash: 'hash' });
    expect(idempotency.find('')).toBeUndefined();
    clock.ms += 3_599_000;
    expect(idempotency.find('key')).toBeDefined();
  });

  it('gives a call without an id one of its own and passes on odd ids', async () => {
    const bodies: string[] = [];
    const { tasks, worker } = await bench(async (_, body) => {
      bodies.push(body);
      return Promise.resolve(reply('{}'));
    });
    tasks.queue(writeMeta({ ...sound, requestId: null }), null);
    tasks.queue(writeMeta({ ...sound, requestId: new Map([['a', 1]]) }), null);
    await worker.run();
    expect(bodies).toEqual([
      '{"jsonrpc":"2.0","id":"fresh-id","method":"ping","params":[]}',
      '{"jsonrpc":"2.0","id":{"a":1},"method":"ping","params":[]}',
    ]);
  });

  it('keeps a body that is no JSON as it is', async () => {
    const { tasks, worker, row } = await bench(async () => Promise.resolve(reply(new TextEncoder().encode('<p>'))));
    tasks.queue(writeMeta(sound), null);
    await worker.run();
    expect(row()?.['result']).toContain('"response":{"raw":"<p>"}');
  });

  it.each([
    ['throws', async () => Promise.reject(new Error('é'.repeat(300))), undefined, 'é'.repeat(240)],
    ['streams', async () => Promise.resolve(reply((async function* stream() {})())), undefined, /stream/],
    ['is refused by now', async () => Promise.resolve(reply('{}')), 'refused today', /^refused today$/],
  ] as const)('fails a task whose call %s, and leaves its key alone', async (_, call, refusal, message) => {
    const { tasks, worker, row, idempotency, progress } = await bench(call, () => refusal);
    tasks.queue(writeMeta(sound), null);
    expect(await worker.run()).toBe(1);
    expect(row()).toMatchObject({
      status: 100,
      progress: 0,
      attempts: 1,
      result: null,
    });
    expect(row()?.['message']).toMatch(message);
    expect(row()?.['finished_at']).not.toBeNull();
    expect(idempotency.find('key')).toBeUndefined();
    expect(progress.read(1)).toMatch(/^failed\|0\|0\|0\|—\|/m);
    expect(await worker.run()).toBe(0);
  });

  it.each([
    ['delete from s_workers', 'missing or not active'],
    ['update s_workers set active = 0', 'missing or not active'],
    [String.raw`update s_workers set class = 'Nope\Missing'`, String.raw`Nope\Missing`],
  ])('fails a task at once after %j', async (sql, message) => {
    const { store, tasks, worker, row } = await bench(async () => Promise.resolve(reply('{}')));
    tasks.queue(writeMeta(sound), null);
    store.database.exec(sql);
    await worker.run();
    expect(row()).toMatchObject({ status: 100, attempts: 0, start_at: null });
    expect(row()?.['message']).toContain(message);
  });

  it('leaves a task alone that is to start later', async () => {
    const { clock, store, tasks, worker } = await bench(async () => Promise.resolve(reply('{}')));
    tasks.queue(writeMeta(sound), null);
    store.database.exec("update s_tasks set start_at = '2026-01-02 12:00:05'");
    expect(await worker.run()).toBe(0);
    clock.ms += 5000;
    expect(await worker.run()).toBe(1);
  });

  it('claims nothing: a task seen by two passes runs twice', async () => {
    const { store, tasks, worker } = await bench(async () => Promise.resolve(reply('{}')));
    tasks.queue(writeMeta(sound), null);
    tasks.queue(writeMeta(sound), null);
    await Promise.all([worker.run(), worker.run()]);
    const attempts = store.database.prepare('select attempts from s_tasks order by id').all();
    expect(attempts.map((row) => row['attempts'])).toEqual([1, 2]);
  });

  it.each(['s_workers', 's_tasks'])('cannot run without the table %s', async (table) => {
    const { store, worker } = await bench(async () => Promise.resolve(reply('{}')));
    store.database.exec(`drop table ${table}`);
    await expect(worker.run()).rejects.toThrow(table);
  });
});
