import { describe, expect, it } from 'vitest';
import { headerOf } from '../../src/server/json-response.ts';
import { install, rpc, SECRET, sign, type Got } from './installation.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
const NOT_UTF8 = 'a\u00c3b';

function header(reply: Got, name: string): string | undefined {
  return headerOf({ ...reply, body: '' }, name);
}

function traceIn(reply: Got): unknown {
  return (reply.json as { readonly error: { readonly trace_id: unknown } }).error.trace_id;
}

describe('the trace id', () => {
  it('is the client’s, in header and body', async () => {
    const trace = 'x'.repeat(300);
    const reply = await install().send({ claims: null, headers: { 'x-trace-id': ` ${trace} ` } });
    expect([header(reply, 'X-Trace-Id'), traceIn(reply)]).toEqual([trace, trace]);
  });

  it('is made where the client sends none or blanks', async () => {
    const reply = await install().send({ claims: null, headers: { 'x-trace-id': '  ' } });
    expect(traceIn(reply)).toMatch(UUID);
    expect(header(reply, 'X-Trace-Id')).toBe(traceIn(reply));
  });

  it('is empty and without a header where none may be made', async () => {
    const reply = await install({ settings: { 'trace.generate_if_missing': false } }).send({ claims: null });
    expect([header(reply, 'X-Trace-Id'), traceIn(reply)]).toEqual([undefined, '']);
  });

  it('travels under its configured name', async () => {
    const reply = await install({ settings: { 'trace.header': 'X-Tr' } }).send({
      claims: null,
      headers: { 'x-tr': 'abc' },
    });
    expect([header(reply, 'X-Tr'), traceIn(reply)]).toEqual(['abc', 'abc']);
  });

  it('in UTF-8 is bytes in the header and text in the body', async () => {
    const bytes = Buffer.from('é', 'utf8').toString('latin1');
    const reply = await install().send({ claims: null, headers: { 'x-trace-id': bytes } });
    expect([header(reply, 'X-Trace-Id'), traceIn(reply)]).toEqual([bytes, 'é']);
  });

  it('that is not UTF-8 turns every error into sApi’s, and leaves a success alone', async () => {
    const { send } = install();
    const headers = { 'x-trace-id': NOT_UTF8 };
    const error = await send({ claims: null, headers });
    expect([error.status, error.json, header(error, 'X-Trace-Id')]).toEqual([
      500,
      expect.objectContaining({ success: false, code: 500 }),
      undefined,
    ]);
    const success = await send({ headers, body: rpc('ping') });
    expect([success.status, header(success, 'X-Trace-Id')]).toEqual([200, NOT_UTF8]);
  });
});

describe('the other headers of an API answer', () => {
  it('give the request id back, cut to 128', async () => {
    const { send } = install();
    const long = await send({ headers: { 'x-request-id': ` ${'r'.repeat(300)}` }, body: rpc('ping') });
    const none = await send({ body: rpc('ping') });
    expect(header(long, 'X-Request-Id')).toBe('r'.repeat(128));
    expect(header(none, 'X-Request-Id')).toMatch(UUID);
  });

  it('set a session cookie, and say twice how to cache', async () => {
    const reply = await install().send({ claims: null });
    const caching = reply.headers.filter(([name]) => name === 'Cache-Control').map(([, value]) => value);
    expect(caching).toEqual(['private, must-revalidate', 'no-cache, private']);
    expect(header(reply, 'Set-Cookie')).toMatch(/^evo_session=[0-9a-f]{40}; .*Max-Age=7200/);
  });
});

describe('the audit log', () => {
  const audited = (logged: readonly (readonly [string, Readonly<Record<string, unknown>>])[]) =>
    logged.filter(([channel]) => channel === 'audit').map(([, line]) => line);

  it('has one line per call that reaches a controller', async () => {
    const { send, logged } = install();
    await send({ body: rpc('ping'), headers: { 'x-request-id': 'r1', 'x-trace-id': 't1' } });
    expect(audited(logged)).toEqual([
      expect.objectContaining({
        request_id: 'r1',
        trace_id: 't1',
        server_handle: 'content',
        method: 'ping',
        status: 200,
        actor_user_id: null,
        context: 'api',
        rate_limit_identity: 'api:tester',
        duration_ms: 0,
      }),
    ]);
  });

  it('has none for 401, 403 of the scope, 405 and 429', async () => {
    const services = {
      rateLimiter: { admit: () => ({ kind: 'limited', retryAfterSeconds: 1 }) as const, clear: () => undefined },
    };
    const limited = install({ services });
    await limited.send({ body: rpc('ping') });
    const open = install();
    await open.send({ claims: null, body: rpc('ping') });
    await open.send({ claims: { scopes: [] }, body: rpc('ping') });
    await open.send({ method: 'GET' });
    expect([...audited(limited.logged), ...audited(open.logged)]).toEqual([]);
  });

  it('is empty where it is switched off', async () => {
    const { send, logged } = install({ settings: { 'logging.audit_enabled': false } });
    await send({ body: rpc('ping') });
    expect(audited(logged)).toEqual([]);
  });

  it('never holds a token, a secret or a body', async () => {
    const { send, logged } = install();
    const token = sign({ sub: 'tester', scopes: ['*'] });
    await send({ body: { ...rpc('nope'), password: 'hush' }, headers: { authorization: `Bearer ${token}` } });
    await send({ body: { ...rpc('ping'), id: 1.5 } });
    const written = JSON.stringify(logged);
    for (const secret of [token, SECRET, 'hush']) expect(written).not.toContain(secret);
  });
});
