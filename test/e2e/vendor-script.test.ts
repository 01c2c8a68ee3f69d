import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from 'undici';
import { issueToken } from '../../src/server/services/token-issuer.ts';
import { resolveSettings } from '../../src/server/settings.ts';
import { at, type Json } from '../../src/model/json.ts';
import { run, serve } from '../support/cli.ts';

/** What the vendor's integration script calls canonical. */
const CANONICAL = ['search', 'get', 'root_tree', 'descendants', 'ancestors', 'children', 'siblings']
  .map((name) => `evo.content.${name}`)
  .concat('evo.model.list', 'evo.model.get');
const SENSITIVE = ['password', 'cachepwd', 'verified_key', 'refresh_token', 'access_token', 'sessionid'];

let folder: string;
let store: string;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emcp-vendor-'));
  store = join(folder, 'store.sqlite');
  server = await serve(['--store', store, '--worker', 'manual']);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Json;
}

type Ask = (body: Json | string, headers?: Readonly<Record<string, string>>, to?: string) => Promise<Reply>;

/** The script's client: one identity, a path, and no more than that. */
function clientOf(path: string, credentials: Readonly<Record<string, string>>): Ask {
  return async (body, headers = {}, to = '') => {
    const url = `${server.env['EMCP_BASE_URL'] ?? ''}${path.replace('{server}', 'content')}${to}`;
    const {
      statusCode,
      headers: answered,
      body: stream,
    } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credentials, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: statusCode, headers: answered, body: JSON.parse(await stream.text()) as Json };
  };
}

function bearer(subject: string, scopes: string): Readonly<Record<string, string>> {
  const settings = resolveSettings({ SAPI_JWT_SECRET: server.env['EMCP_TEST_JWT_SECRET'], SAPI_JWT_SCOPES: scopes });
  return { authorization: `Bearer ${issueToken(subject, settings, { now: () => Date.now() })}` };
}

const api = (subject: string, scopes = 'mcp:read,mcp:call'): Ask =>
  clientOf(server.env['EMCP_API_PATH'] ?? '', bearer(subject, scopes));
const manager = (): Ask =>
  clientOf(server.env['EMCP_MANAGER_PATH'] ?? '', {
    cookie: server.env['EMCP_MANAGER_COOKIE'] ?? '',
    'x-csrf-token': server.env['EMCP_MANAGER_CSRF'] ?? '',
  });

const rpc = (method: string, params: Json = {}): Json => ({ jsonrpc: '2.0', id: method, method, params });
const call = (name: string, args: Json): Json => rpc('tools/call', { name, arguments: args });
const initialize = rpc('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'runtime', version: '1.0.0' },
});

describe.each([
  ['API', () => api('runtime')],
  ['manager', manager],
])('the vendor’s runtime script on the %s route', (route, client) => {
  it('passes initialize, tools/list and the read calls', async () => {
    const ask = client();
    const hello = await ask(initialize);
    expect(hello.status).toBe(200);
    expect(at(hello.body, 'result', 'serverInfo', 'platform')).toBe('eMCP');
    expect(at(hello.body, 'result', 'capabilities', 'evo', 'toolsetVersion')).toBe('1.0');
    const listed = (await ask(rpc('tools/list'))).body;
    const names = (at(listed, 'result', 'tools') as readonly Json[]).map((tool) => at(tool, 'name'));
    expect(names).toEqual(expect.arrayContaining(CANONICAL));
    for (const [name, args] of [
      ['search', { limit: 1 }],
      ['neighbors', { id: 1, limit: 5 }],
      ['prev_siblings', { id: 1, limit: 5 }],
      ['next_siblings', { id: 1, limit: 5 }],
      ['children_range', { id: 1, from: 0, to: 5, limit: 5 }],
      ['siblings_range', { id: 1, from: 0, to: 5, limit: 5 }],
    ] as const) {
      const { status, body } = await ask(call(`evo.content.${name}`, args));
      expect({ name, status, error: at(body, 'error') }).toEqual({ name, status: 200, error: undefined });
      expect(Array.isArray(at(body, 'result', 'structuredContent', 'items'))).toBe(true);
      expect(at(body, 'result', 'structuredContent', 'meta', 'toolsetVersion')).toBe('1.0');
    }
    const wrong = await ask(call('evo.content.children_range', { id: 1, from: 5, to: 2, limit: 5 }));
    expect(at(wrong.body, 'result', 'isError')).toBe(true);
    expect(at(wrong.body, 'result', 'content', 0, 'text')).toContain('greater than or equal to from');
  });

  it('leaks no sensitive field of a user', async () => {
    const { body } = await client()(call('evo.model.get', { model: 'User', id: 1 }));
    const item = at(body, 'result', 'structuredContent', 'item');
    expect(item).toBeTypeOf('object');
    expect(SENSITIVE.filter((key) => JSON.stringify(body).includes(`"${key}"`))).toEqual([]);
  });

  it('dispatches, reuses, refuses another payload, and completes once the worker was run by a command', async () => {
    const ask = client();
    const key = { 'idempotency-key': `${route}-k1` };
    const payload = (limit: number): Json => ({
      method: 'tools/call',
      params: { name: 'evo.content.search', arguments: { limit } },
    });
    const first = await ask(payload(1), key, '/dispatch');
    expect(first.status).toBe(202);
    expect(at(first.body, 'reused')).toBe(false);
    expect(at(first.body, 'idempotency_key')).toBe(`${route}-k1`);
    const again = await ask(payload(1), key, '/dispatch');
    expect(at(again.body, 'reused')).toBe(true);
    expect(at(again.body, 'task_id')).toBe(at(first.body, 'task_id'));
    const other = await ask(payload(2), key, '/dispatch');
    expect([other.status, at(other.body, 'error', 'code')]).toEqual([409, 'idempotency_conflict']);

    const worker = await run(['serve', '--run-worker', '--store', store]);
    expect(worker.code).toBe(0);
    expect(worker.stdout).toMatch(/processed \d+ task/);
    const done = await ask(payload(1), key, '/dispatch');
    expect([done.status, at(done.body, 'status'), at(done.body, 'reused')]).toEqual([200, 'completed', true]);
    expect(at(done.body, 'result', 'http_status')).toBe(200);
  });
});

describe('the vendor’s negative block', () => {
  it('gets 401, 415, 413 and 403, each with a code and a trace id', async () => {
    const good = api('negative');
    const anonymous = clientOf(server.env['EMCP_API_PATH'] ?? '', {});
    const reader = api('runtime-readonly', 'mcp:read');
    const search = call('evo.content.search', { limit: 1 });
    expect((await reader(initialize)).status).toBe(200);
    const replies: readonly (readonly [number, Reply])[] = [
      [401, await anonymous(initialize)],
      [415, await good(search, { 'content-type': 'text/plain' })],
      [413, await good(JSON.stringify(search).padEnd(300 * 1024, ' '))],
      [403, await reader(search)],
    ];
    for (const [status, reply] of replies) {
      expect(reply.status).toBe(status);
      expect(at(reply.body, 'error', 'code')).toBeTypeOf('string');
      expect(at(reply.body, 'error', 'trace_id')).toMatch(/./);
    }
  });

  it('sees 429 with Retry-After after sequential calls', async () => {
    const ask = api('burst');
    let last = await ask(rpc('tools/list'));
    for (let sent = 1; sent < 90 && last.status === 200; sent += 1) last = await ask(rpc('tools/list'));
    expect(last.status).toBe(429);
    expect(Number(last.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });
});

describe('a store', () => {
  it('loses no accepted task when the server is killed between 202 and completion', async () => {
    const file = join(folder, 'killed.sqlite');
    const victim = await serve(['--store', file, '--worker', 'manual']);
    const settings = resolveSettings({
      SAPI_JWT_SECRET: victim.env['EMCP_TEST_JWT_SECRET'],
      SAPI_JWT_SCOPES: 'mcp:call',
    });
    const token = issueToken('killed', settings, { now: () => Date.now() });
    const accepted = await request(`${victim.env['EMCP_BASE_URL'] ?? ''}/api/v1/mcp/content/dispatch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': 'kept' },
      body: '{"method":"tools/call","params":{"name":"evo.content.search","arguments":{"limit":1}}}',
    });
    await accepted.body.dump();
    expect(accepted.statusCode).toBe(202);
    await victim.stop('SIGKILL');
    const worker = await run(['serve', '--run-worker', '--store', file]);
    expect(worker.stdout).toContain('processed 1 task');
  });

  it('makes one task of a thousand concurrent dispatches with one key', async () => {
    const ask = clientOf(server.env['EMCP_API_PATH'] ?? '', bearer('thousand', '*'));
    const body: Json = { method: 'tools/list' };
    // Thirty a minute are let through per identity, so each of forty subjects sends twenty-five.
    const subjects = Array.from({ length: 40 }, (_, index) => bearer(`thousand-${index}`, '*'));
    const replies = await Promise.all(
      subjects.flatMap((credentials) =>
        Array.from({ length: 25 }, () => ask(body, { ...credentials, 'idempotency-key': 'thousand' }, '/dispatch')),
      ),
    );
    expect(replies.every(({ status }) => status === 202)).toBe(true);
    expect(new Set(replies.map((reply) => at(reply.body, 'task_id'))).size).toBe(1);
    expect(replies.filter((reply) => at(reply.body, 'reused') === false)).toHaveLength(1);
  });
});
