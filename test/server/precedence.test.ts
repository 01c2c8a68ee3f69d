import { describe, expect, it } from 'vitest';
import { install, rpc, type Given, type Sent } from './installation.ts';

const CALL_ONLY = { sub: 'caller', scopes: ['mcp:call'] };
const NO_SCOPE = { sub: 'nobody', scopes: [] };
const LIST = rpc('tools/list');
const DENIED = rpc('tools/call', { name: 'evo.write.anything' });
const HUGE = JSON.stringify({ ...LIST, pad: 'x'.repeat(300 * 1024) });
const TEXT = { 'content-type': 'text/plain' };
const UNKNOWN = '/api/v1/mcp/nowhere';
const spent: Given = {
  services: { rateLimiter: { admit: () => ({ kind: 'limited', retryAfterSeconds: 7 }), clear: () => undefined } },
};
const closed: Given = { settings: { 'security.allow_servers': ['other'] } };

type Row = readonly [what: string, sent: Sent, status: number, code: unknown, given?: Given];

const API: readonly Row[] = [
  ['a GET without a token', { method: 'GET', claims: null }, 401, 'unauthenticated'],
  ['a GET with a token', { method: 'GET', claims: NO_SCOPE }, 405, 'method_not_allowed'],
  [
    'a GET whose body names a method outside the scopes',
    { method: 'GET', claims: NO_SCOPE, body: LIST },
    403,
    'scope_denied',
  ],
  ['an unknown server without a token', { path: UNKNOWN, claims: null, body: LIST }, 401, 'unauthenticated'],
  ['an unknown server without the scope', { path: UNKNOWN, claims: CALL_ONLY, body: LIST }, 403, 'scope_denied'],
  ['an unknown server and plain text', { path: UNKNOWN, headers: TEXT, body: LIST }, 415, 'unsupported_media_type'],
  ['an unknown server', { path: UNKNOWN, body: LIST }, 404, 'server_not_found'],
  ['an unknown server and a denied tool', { path: UNKNOWN, body: DENIED }, 403, 'tool_denied'],
  [
    'a dispatch to an unknown server of a denied tool',
    { path: `${UNKNOWN}/dispatch`, body: DENIED },
    404,
    'server_not_found',
  ],
  ['the wrong scope and plain text', { claims: CALL_ONLY, headers: TEXT, body: LIST }, 403, 'scope_denied'],
  ['the wrong scope and too large a body', { claims: CALL_ONLY, body: HUGE }, 403, 'scope_denied'],
  ['too large a body of plain text', { headers: TEXT, body: HUGE }, 415, 'unsupported_media_type'],
  ['too large a body for a closed server', { body: HUGE }, 413, 'payload_too_large', closed],
  ['a denied tool of a closed server', { body: DENIED }, 403, 'server_denied', closed],
  ['an unknown server where none is allowed', { path: UNKNOWN, body: LIST }, 403, 'server_denied', closed],
  ['a spent bucket and plain text', { headers: TEXT, body: LIST }, 429, 'rate_limited', spent],
  ['a spent bucket and too large a body', { body: HUGE }, 429, 'rate_limited', spent],
  ['a spent bucket and an unknown server', { path: UNKNOWN, body: LIST }, 429, 'rate_limited', spent],
  ['a spent bucket and a denied tool', { body: DENIED }, 429, 'rate_limited', spent],
  ['a spent bucket and the wrong scope', { claims: CALL_ONLY, body: LIST }, 403, 'scope_denied', spent],
  ['a spent bucket and no token', { claims: null, body: LIST }, 401, 'unauthenticated', spent],
  ['malformed JSON without any scope', { claims: NO_SCOPE, body: '{' }, 200, -32700],
  ['a batch without any scope', { claims: NO_SCOPE, body: [LIST] }, 200, -32600],
  ['a body without a method and without any scope', { claims: NO_SCOPE, body: { jsonrpc: '2.0', id: 1 } }, 200, -32600],
  ['a disabled server', { path: '/api/v1/mcp/content-local', body: LIST }, 404, 'server_not_found'],
  [
    'a dispatch without a method of plain text',
    { path: '/api/v1/mcp/content/dispatch', headers: TEXT },
    415,
    'unsupported_media_type',
  ],
  ['a dispatch without a method', { path: '/api/v1/mcp/content/dispatch', body: {} }, 400, 'invalid_payload'],
];

describe('the order of refusals', () => {
  it.each(API.map(([what, ...row]) => ({ what, row })))('$what is answered in its turn', async ({ row }) => {
    const [sent, status, code, given] = row;
    const reply = await install(given).send(sent);
    expect([reply.status, reply.code]).toEqual([status, code]);
  });

  it('says how long to wait when the bucket is spent', async () => {
    const reply = await install(spent).send({ body: LIST });
    expect(reply.headers.filter(([name]) => name === 'Retry-After')).toEqual([['Retry-After', '7']]);
  });

  it('has no header that would name what is allowed or asked for', async () => {
    const { send } = install();
    const replies = [await send({ method: 'GET' }), await send({ claims: null }), await send({ headers: TEXT })];
    const names = replies.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()));
    expect(names.filter((name) => ['allow', 'www-authenticate', 'accept', 'accept-post'].includes(name))).toEqual([]);
  });

  it.each([
    ['a sound call', { body: LIST }, 1],
    ['a GET', { method: 'GET' }, 1],
    ['plain text', { headers: TEXT, body: LIST }, 1],
    ['an unknown server', { path: UNKNOWN, body: LIST }, 1],
    ['a denied tool', { body: DENIED }, 1],
    ['an id that breaks the runtime', { body: { ...LIST, id: 1.5 } }, 1],
    ['a missing token', { claims: null, body: LIST }, 0],
    ['a missing scope', { claims: NO_SCOPE, body: LIST }, 0],
    ['a path of no route', { path: '/elsewhere' }, 0],
  ] satisfies readonly (readonly [string, Sent, number])[])(
    'counts what passed the limiter: %s',
    async (_, sent, hits) => {
      let counted = 0;
      const admit = () => {
        counted += 1;
        return { kind: 'admitted' } as const;
      };
      await install({ services: { rateLimiter: { admit, clear: () => undefined } } }).send(sent);
      expect(counted).toBe(hits);
    },
  );
});
