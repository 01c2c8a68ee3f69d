import { describe, expect, it } from 'vitest';
import { storeOpener } from '../../../src/server/dispatch/store.ts';
import { search, serve, type Reply } from './served.ts';

const key = { headers: { 'idempotency-key': 'k' } };

/** Asks until the answer is final; each question gives the worker a turn. */
async function untilCompleted({ dispatch }: Pick<ReturnType<typeof serve>, 'dispatch'>, turns = 200): Promise<Reply> {
  const reply = await dispatch(search, key);
  if (reply.status === 200 || turns === 0) {
    return reply;
  }
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return untilCompleted({ dispatch }, turns - 1);
}

describe('the worker of a server', () => {
  it('runs a task by itself, after the answer that it was accepted', async () => {
    const served = serve({}, { worker: 'auto' });
    expect((await served.dispatch(search, key)).status).toBe(202);
    expect((await untilCompleted(served)).body.status).toBe('completed');
    await served.server.close();
  });

  it('runs at its start what an earlier server left queued', async () => {
    const store = storeOpener();
    await serve({}, { store }).dispatch(search, key);
    const next = serve({}, { store, worker: 'auto' });
    await next.server.start();
    expect((await untilCompleted(next)).body).toMatchObject({ status: 'completed', task_id: 1 });
    await next.server.close();
  });

  it('survives a pass that cannot run, and says so in the log', async () => {
    const served = serve({}, { worker: 'auto' });
    const { database } = await served.server.store.open();
    database.exec("create trigger t before update on s_tasks begin select raise(abort, 'disk full'); end");
    await served.dispatch(search, key);
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(served.log.filter(({ file }) => file === 'error')).toHaveLength(1);
    database.exec('drop trigger t');
    await served.dispatch({ method: 'ping' });
    expect((await untilCompleted(served)).body.status).toBe('completed');
    await served.server.close();
  });

  it('runs on command only when it is manual, and never when it is off', async () => {
    const manual = serve();
    await manual.dispatch(search, key);
    expect((await manual.server.console(['stask:worker'])).stdout).toContain('processed 1 task(s)');
    const off = serve({}, { worker: 'off' });
    await off.dispatch(search, key);
    expect((await off.server.console(['stask:worker'])).stdout).toContain('processed 0 task(s)');
    expect(off.rows()).toMatchObject([{ status: 10 }]);
  });

  it('fails what the policy refuses by now', async () => {
    const store = storeOpener();
    const first = serve({}, { store });
    await first.dispatch(search, key);
    await first.dispatch(search);
    await first.dispatch(search);
    const limited = [
      { 'security.allow_servers': ['other'] },
      { 'security.deny_tools': ['evo.*'] },
      { 'mcp.servers': [] },
    ];
    for (const [index, settings] of limited.entries()) {
      const { database } = store.opened();
      database.exec(`update s_tasks set start_at = '9999' where id <> ${index + 1}`);
      database.exec(`update s_tasks set start_at = null where id = ${index + 1}`);
      await serve(settings, { store }).server.console(['stask:worker']);
    }
    expect(first.rows().map(({ status }) => status)).toEqual([100, 100, 100]);
  });
});
