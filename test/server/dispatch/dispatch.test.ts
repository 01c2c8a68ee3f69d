import { describe, expect, it } from 'vitest';
import { search, serve } from './served.ts';

const stream = {
  'mcp.servers': [{ handle: 'hoststream', transport: 'web', class: String.raw`HostApp\StreamServer`, enabled: true }],
};
const inline = { 'queue.driver': 'sync' };
const key = (name: string) => ({ headers: { 'idempotency-key': name } });
const call = (name: string, args: object = {}) => ({ ...search, params: { name, arguments: args } });
const runWorker = async ({ server }: ReturnType<typeof serve>) => server.console(['stask:worker']);

describe('a dispatch', () => {
  it('is refused in the order media type, size, server policy, registry, payload, tool policy', async () => {
    const text = { 'content-type': 'text/plain' };
    const denied = call('evo.write.x');
    const huge = `"${'x'.repeat(128 * 1024)}"`;
    const closed = serve({ 'security.allow_servers': ['content'] });
    const refusals = [
      await closed.dispatch(huge, { server: 'nope', headers: text }),
      await closed.dispatch(`"${'x'.repeat(256 * 1024)}"`, { server: 'nope' }),
      await closed.dispatch(denied, { server: 'nope' }),
      await serve().dispatch('[]', { server: 'nope' }),
      await serve().dispatch('[]'),
      await serve().dispatch(denied),
    ];
    expect(refusals.map(({ status, body }) => [status, body.error?.code])).toEqual([
      [415, 'unsupported_media_type'],
      [413, 'payload_too_large'],
      [403, 'server_denied'],
      [404, 'server_not_found'],
      [400, 'invalid_payload'],
      [403, 'tool_denied'],
    ]);
  });

  it('measures the body by the server, where 0 means the global limit', async () => {
    const body = { ...search, pad: 'x'.repeat(130 * 1024) };
    const entry = {
      handle: 'content',
      transport: 'web',
      class: String.raw`EvolutionCMS\eMCP\Servers\ContentServer`,
      enabled: true,
    };
    const roomy = serve({ 'mcp.servers': [{ ...entry, limits: { max_payload_kb: 0 } }] });
    expect((await serve().dispatch(body)).status).toBe(413);
    expect((await roomy.dispatch(body)).status).toBe(202);
  });

  it('is accepted with the id of a task whose row says what was asked', async () => {
    const served = serve();
    const { status, body, headers } = await served.dispatch(search, {
      headers: { 'idempotency-key': ' k1 ', 'x-trace-id': 'trace-1', 'mcp-session-id': 'session-1' },
    });
    expect([status, body]).toEqual([
      202,
      { status: 'accepted', task_id: 1, trace_id: 'trace-1', idempotency_key: 'k1', reused: false },
    ]);
    expect(headers.get('x-trace-id')).toBe('trace-1');
    const [row] = served.rows();
    expect(row).toMatchObject({ identifier: 'emcp_dispatch', action: 'dispatch', status: 10, started_by: null });
    const meta = JSON.parse(String(row?.['meta'])) as Record<string, unknown>;
    expect(Object.entries(meta)).toEqual([
      ['server_handle', 'content'],
      ['jsonrpc_method', 'tools/call'],
      ['jsonrpc_params', search.params],
      ['request_id', 1],
      ['session_id', 'session-1'],
      ['trace_id', 'trace-1'],
      ['idempotency_key', 'k1'],
      ['actor_user_id', null],
      ['initiated_by_user_id', null],
      ['context', 'cli'],
      ['attempts', 0],
      ['max_attempts', 3],
      ['payload_hash', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
  });

  it('takes the key from the header before the body, and blank ones for none', async () => {
    const { dispatch } = serve();
    const withKey = { ...search, idempotency_key: ' body ' };
    expect((await dispatch(withKey, key('header'))).body.idempotency_key).toBe('header');
    expect((await dispatch(withKey, key('  '))).body.idempotency_key).toBe('body');
    expect((await dispatch(search, key('  '))).body.idempotency_key).toBeNull();
    expect(
      (
        await dispatch(
          search,
          key(
            'ü/'
              .split('')
              .map((c) => Buffer.from(c).toString('latin1'))
              .join(''),
          ),
        )
      ).body.idempotency_key,
    ).toBe('ü/');
  });

  it('reads the key from the header that is configured', async () => {
    const { dispatch } = serve({ 'idempotency.header': 'X-Idem' });
    expect((await dispatch(search, { headers: { 'x-idem': 'k' } })).body.idempotency_key).toBe('k');
    expect((await dispatch(search, key('k'))).body.idempotency_key).toBeNull();
  });

  it('makes a new task each time it has no key', async () => {
    const { dispatch } = serve();
    expect([(await dispatch(search)).body.task_id, (await dispatch(search)).body.task_id]).toEqual([1, 2]);
  });

  it('under a key seen before is reused with the first trace, whatever its id', async () => {
    const { dispatch, rows } = serve();
    const first = await dispatch(search, key('k'));
    const again = await dispatch({ ...search, id: 'other', jsonrpc: '1.0' }, key('k'));
    expect([again.status, again.body]).toEqual([202, { ...first.body, reused: true }]);
    expect(again.headers.get('x-trace-id')).not.toBe(first.body.trace_id);
    expect(rows()).toHaveLength(1);
  });

  it.each([
    ['another method', { ...search, method: 'tools/list' }],
    ['other arguments', call('evo.content.search', { limit: 2 })],
    ['another type', call('evo.content.search', { limit: '1' })],
    ['another order of keys', { ...search, params: { arguments: { limit: 1 }, name: 'evo.content.search' } }],
  ])('conflicts under a key seen before with %s', async (_, other) => {
    const { dispatch } = serve();
    await dispatch(search, key('k'));
    const { status, body } = await dispatch(other, key('k'));
    expect([status, body.error?.code]).toEqual([409, 'idempotency_conflict']);
  });

  it('counts the manager user into the payload, and starts the task in its name', async () => {
    const served = serve();
    await served.dispatch(search, { ...key('k'), user: 1 });
    expect((await served.dispatch(search, key('k'))).body.error?.code).toBe('idempotency_conflict');
    expect((await served.dispatch(search, { ...key('k'), user: 1 })).body.reused).toBe(true);
    expect(served.rows()).toMatchObject([{ started_by: 1 }]);
  });

  it('makes a new task once the key has expired', async () => {
    const { clock, dispatch } = serve({ 'idempotency.ttl_seconds': 1 });
    await dispatch(search, key('k'));
    clock.ms += 59_000;
    expect((await dispatch(search, key('k'))).body.reused).toBe(true);
    clock.ms += 1000;
    expect((await dispatch(search, key('k'))).body).toMatchObject({ reused: false, task_id: 2 });
  });

  it('shows the result of its task once the worker ran it', async () => {
    const served = serve();
    await served.dispatch(search, key('k'));
    await runWorker(served);
    const { status, body } = await served.dispatch(search, key('k'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'completed',
      task_id: 1,
      reused: true,
      result: { http_status: 200, session_id: '' },
    });
    expect(body.result?.response).toMatchObject({ jsonrpc: '2.0', id: 1, result: { isError: false } });
  });

  it('stays accepted when its task failed', async () => {
    const served = serve({ ...stream, 'stream.enabled': true });
    await served.dispatch(call('host.stream.count'), { server: 'hoststream', ...key('k') });
    await runWorker(served);
    expect(served.rows()).toMatchObject([{ status: 100 }]);
    const { status, body } = await served.dispatch(call('host.stream.count'), { server: 'hoststream', ...key('k') });
    expect([status, body.status, body.reused]).toEqual([202, 'accepted', true]);
  });

  it.each([
    ['an unknown tool', call('evo.content.nope'), -32602],
    ['an unknown method', { method: 'nope/x', id: 1 }, -32601],
    ['a notification, which is given an id', { method: 'notifications/initialized' }, -32601],
  ])('finishes its task with an error inside for %s', async (_, body, code) => {
    const served = serve();
    await served.dispatch(body, key('k'));
    await runWorker(served);
    expect(served.rows()).toMatchObject([{ status: 80 }]);
    const { result } = (await served.dispatch(body, key('k'))).body;
    expect(result?.response.error?.code).toBe(code);
    expect(result?.response.id).toBeDefined();
  });

  it('turns empty objects of the result into lists', async () => {
    const served = serve();
    await served.dispatch({ method: 'ping', id: 1 }, key('k'));
    await runWorker(served);
    expect((await served.dispatch({ method: 'ping', id: 1 }, key('k'))).body.result?.response.result).toEqual([]);
  });

  it('with an odd id shows the exception to the client when a worker ran it, but not when it ran inline', async () => {
    const odd = { method: 'ping', id: 1.5 };
    const served = serve();
    await served.dispatch(odd, key('k'));
    await runWorker(served);
    const leaked = (await served.dispatch(odd, key('k'))).body.result;
    const hidden = (await serve(inline).dispatch(odd)).body.result;
    expect([leaked?.http_status, leaked?.response.error?.code]).toEqual([500, 'internal_error']);
    expect(leaked?.response.error?.message).toContain('Server.php');
    expect([hidden?.http_status, hidden?.response.error?.code]).toEqual([500, 'internal_error']);
    expect(hidden?.response.error?.message).not.toContain('Server.php');
  });

  it('cannot be queued without a key that is text', async () => {
    const { dispatch, rows } = serve();
    const { status, body } = await dispatch(search, key('\xff'));
    expect([status, body.error?.code]).toEqual([500, 'internal_error']);
    expect(rows()).toEqual([]);
  });

  it('answers 500 when the row cannot be written, and forgets the key', async () => {
    const served = serve();
    const { database } = await served.server.store.open();
    database.exec("create trigger t before insert on s_tasks begin select raise(abort, 'disk full'); end");
    const { status, body } = await served.dispatch(search, key('k'));
    expect([status, body.error?.code]).toEqual([500, 'internal_error']);
    expect(served.log.filter(({ file }) => file === 'error')).toHaveLength(1);
    database.exec('drop trigger t');
    expect((await served.dispatch(search, key('k'))).body).toMatchObject({ status: 'accepted', reused: false });
  });

  it('repairs the worker row before it is answered', async () => {
    const served = serve();
    const { database } = await served.server.store.open();
    await served.dispatch(search);
    database.exec('update s_workers set active = 0');
    await served.dispatch(search);
    expect(database.prepare('select active from s_workers').all()).toMatchObject([{ active: 1 }]);
  });
});

describe('a dispatch that nothing can queue', () => {
  it.each([
    ['another driver is configured', inline, ''],
    ['the task table is gone', {}, 'drop table s_tasks'],
  ])('runs inline when %s', async (_, settings, sql) => {
    const served = serve(settings);
    const { database } = await served.server.store.open();
    database.exec(sql);
    const first = await served.dispatch(search, key('k'));
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      status: 'completed',
      task_id: null,
      reused: false,
      result: { http_status: 200 },
    });
    const again = await served.dispatch(search, key('k'));
    expect([again.status, again.body]).toEqual([200, { ...first.body, task_id: 0, reused: true }]);
  });

  it('invents a key from the payload, so that repeating it answers from the cache', async () => {
    const { dispatch, clock } = serve(inline);
    const first = await dispatch(search);
    expect(first.body.idempotency_key).toMatch(/^sync:[0-9a-f]{40}$/);
    clock.ms += 86_399_000;
    expect((await dispatch({ ...search, id: 'other' })).body).toMatchObject({
      reused: true,
      trace_id: first.body.trace_id,
    });
    expect((await dispatch(call('evo.content.search', { limit: 2 }))).body.reused).toBe(false);
  });

  it.each(['fail', 'SYNC', 'none', ''])(
    'answers 503 with the failover %j, but a key that has a result first',
    async (failover) => {
      const store = serve(inline);
      await store.dispatch(search, key('k'));
      const closed = serve({ ...inline, 'queue.failover': failover }, { store: store.server.store });
      const refused = await closed.dispatch(search, key('other'));
      expect([refused.status, refused.body.error?.code]).toEqual([503, 'async_unavailable']);
      expect((await closed.dispatch(search)).status).toBe(503);
      expect((await closed.dispatch(search, key('k'))).body).toMatchObject({ status: 'completed', reused: true });
    },
  );

  it('cannot run a streaming tool inline', async () => {
    const { dispatch } = serve({ ...stream, ...inline, 'stream.enabled': true });
    const asked = { server: 'hoststream', ...key('k') };
    expect((await dispatch(call('host.stream.count'), asked)).body.error?.code).toBe('internal_error');
  });

  it('is completed also when the inner answer is a refusal', async () => {
    const { dispatch } = serve({ ...stream, ...inline });
    const { body } = await dispatch(call('host.big', { bytes: 2_000_000 }), { server: 'hoststream' });
    expect(body).toMatchObject({
      status: 'completed',
      result: { http_status: 413, response: { error: { code: 'result_too_large' } } },
    });
  });
});

describe('the audit of a dispatch', () => {
  const lines = ({ log }: ReturnType<typeof serve>) =>
    log
      .filter(({ file }) => file === 'audit')
      .map(({ method, status, task_id: task, extra }) => ({ method, status, task, extra }));

  it('names the method when a task was queued and the word dispatch otherwise', async () => {
    const served = serve();
    await served.dispatch('{}');
    await served.dispatch(search, key('k'));
    await served.dispatch(search, key('k'));
    await served.dispatch({ method: 'ping' }, key('k'));
    expect(lines(served)).toEqual([
      { method: 'dispatch', status: 400, task: null },
      { method: 'tools/call', status: 202, task: 1 },
      { method: 'dispatch', status: 202, task: 1, extra: { idempotency_key: 'k', reused: true } },
      { method: 'dispatch', status: 409, task: 1, extra: { idempotency_key: 'k', reused: false } },
    ]);
  });

  it('has a line for the inner call too', async () => {
    const served = serve(inline);
    await served.dispatch({ method: 'ping', id: 1 });
    expect(lines(served).map(({ method }) => method)).toEqual(['ping', 'ping']);
  });
});
