import { describe, expect, it } from 'vitest';
import { headerOf } from '../../src/server/json-response.ts';
import { install, rpc, type Got, type Installation } from './installation.ts';

const MANAGER = '/emcp/content';

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function asUser({ server, send }: Installation, user: number, asked: Asked = {}): Promise<Got> {
  const session = server.services.sessions.signIn(user);
  const headers = { cookie: `other=1; evo_session=${session.id}`, ...asked.headers };
  return send({ path: MANAGER, claims: null, body: rpc('ping'), ...asked, headers });
}

function header(reply: Got, name: string): string | undefined {
  return headerOf({ ...reply, body: '' }, name);
}

describe('the manager route', () => {
  it('shows the login page, and 200, to whoever is not logged in', async () => {
    const { send } = install();
    for (const cookie of ['', 'evo_session=made-up']) {
      const reply = await send({ path: MANAGER, headers: { cookie }, body: rpc('ping') });
      expect([reply.status, header(reply, 'Content-Type'), header(reply, 'X-Trace-Id')]).toEqual([
        200,
        'text/html; charset=utf-8',
        undefined,
      ]);
    }
  });

  it('asks for no scope and gives no request id', async () => {
    const reply = await asUser(install(), 1);
    expect([reply.status, reply.text, header(reply, 'X-Request-Id')]).toEqual([
      200,
      '{"jsonrpc":"2.0","id":1,"result":{}}',
      undefined,
    ]);
    expect(header(reply, 'X-Trace-Id')).toBeDefined();
  });

  it.each([
    ['an editor', 2, MANAGER, 403],
    ['a reader', 3, MANAGER, 200],
    ['a reader who dispatches', 3, `${MANAGER}/dispatch`, 403],
    ['a dispatcher', 4, `${MANAGER}/dispatch`, 202],
  ])('answers %s as its permissions say', async (_, user, path, status) => {
    expect((await asUser(install(), user, { path })).status).toBe(status);
  });

  it('asks for the permission that is configured', async () => {
    const settings = { 'acl.permission': 'emcp_manage' };
    expect((await asUser(install({ settings }), 1)).status).toBe(200);
    expect((await asUser(install({ settings }), 3)).code).toBe('forbidden');
  });

  it('counts a dispatch before it asks for the dispatch permission', async () => {
    const services = {
      rateLimiter: { admit: () => ({ kind: 'limited', retryAfterSeconds: 1 }) as const, clear: () => undefined },
    };
    const reply = await asUser(install({ services }), 3, { path: `${MANAGER}/dispatch` });
    expect(reply.status).toBe(429);
    expect((await asUser(install({ services }), 2)).status).toBe(403);
  });

  it('lets action 0 past the login page, up to its own refusal', async () => {
    const reply = await install().send({ path: `${MANAGER}?a=0`, claims: null, body: rpc('ping') });
    expect([reply.status, reply.code]).toEqual([403, 'forbidden']);
  });

  it('hides its listing behind the route of a server', async () => {
    const reply = await asUser(install(), 1, { path: '/emcp/servers', method: 'GET' });
    expect([reply.status, reply.code]).toEqual([405, 'method_not_allowed']);
  });

  it('stays whatever enable and the modes say', async () => {
    const settings = { enable: false, 'mode.api': false, 'mode.internal': false };
    expect((await asUser(install({ settings }), 1)).status).toBe(200);
  });

  it('shows the access page to a user who may not see the manager', async () => {
    const site = {
      users: [{ id: 1, username: 'x' }],
      user_attributes: [{ internalKey: 1, role: 9 }],
      role_permissions: [],
    };
    const reply = await asUser(install({ site }), 1);
    expect([reply.status, header(reply, 'Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('gives its session to an API call, whose actor it becomes', async () => {
    const installation = install();
    const session = installation.server.services.sessions.signIn(3);
    await installation.send({ headers: { cookie: `evo_session=${session.id}` }, body: rpc('ping') });
    const [, line] = installation.logged.find(([channel]) => channel === 'audit') ?? [];
    expect(line).toMatchObject({ context: 'mgr', actor_user_id: 3, rate_limit_identity: 'mgr:3' });
  });

  it('answers a broken limiter with the page of the CMS, and the API with its own error', async () => {
    const admit = () => {
      throw new Error('the cache is gone');
    };
    const services = { rateLimiter: { admit, clear: () => undefined } };
    const page = await asUser(install({ services }), 1);
    const error = await install({ services }).send({ body: rpc('ping') });
    expect([page.status, page.json, error.status, error.code]).toEqual([500, undefined, 500, 'internal_error']);
  });
});

describe('the CSRF rule of later cores', () => {
  const settings = { __csrf: 'strict' };

  it('refuses a POST without the token, as text or as JSON', async () => {
    const text = await asUser(install({ settings }), 1);
    const json = await asUser(install({ settings }), 1, { headers: { accept: 'application/json, text/html' } });
    const xhr = await asUser(install({ settings }), 1, { headers: { 'x-requested-with': 'XMLHttpRequest' } });
    expect([text.status, header(text, 'Content-Type'), header(text, 'Cache-Control')]).toEqual([
      403,
      'text/plain; charset=UTF-8',
      'private, must-revalidate',
    ]);
    expect([json.status, json.json, xhr.json]).toEqual([
      403,
      { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' },
      { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' },
    ]);
  });

  it('takes the token from the header, the query or the body', async () => {
    const { server, send } = install({ settings });
    const { id, csrfToken } = server.services.sessions.signIn(1);
    const cookie = { cookie: `evo_session=${id}` };
    const ways = [
      { headers: { ...cookie, 'x-csrf-token': csrfToken } },
      { headers: cookie, path: `${MANAGER}?_token=${csrfToken}` },
      { headers: cookie, body: { ...rpc('ping'), _token: csrfToken } },
      { headers: cookie, method: 'GET' },
    ];
    const replies = await Promise.all(
      ways.map((way) => send({ path: MANAGER, claims: null, body: rpc('ping'), ...way })),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 405]);
  });
});
