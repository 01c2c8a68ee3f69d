import {
  defineCheck,
  equals,
  refusalOf,
  rpc,
  rpcOutcome,
  type CheckContext,
  type Exchange,
  type Json,
  type Seeing,
} from '../../src/kit/index.ts';

const PLAIN = { 'Content-Type': 'text/plain' };

type Context = CheckContext<'mcp' | 'token' | 'mint', never>;

export default defineCheck({
  id: 'transport/precedence',
  title: 'Refusals come in the documented order',
  proves: 'The first cause is the one reported: who, then what, then how, then where.',
  remedy: 'Compare the order of the route middleware with a stock installation.',
  section: '6',
  cites: [
    'runbook:6/401',
    'runbook:6/403',
    'runbook:6/404',
    'runbook:6/405',
    'runbook:6/413',
    'runbook:6/415',
    'CONTRACT 2.2',
  ],
  severity: 'must',
  impact: 'read',
  dispatches: 0,
  requests: { 'tools/list': 2, 'tools/call': 1, 'dispatch:tools/call': 1, unknown: 1 },
  otherRequests: { 'tools/list': 4, 'tools/call': 1 },
  needs: ['mcp', 'token', 'mint'],

  async *run(context) {
    yield* whoComesFirst(context);
    yield* howComesBeforeWhere(context);
    yield* policyAndRegistry(context);
  },
});

/** 401 before everything; the scope before the media type, the size and the handle. */
async function* whoComesFirst({ mcp, mint, ids, expect }: Context): AsyncGenerator<Seeing, void, void> {
  const unknown = `unknown-${ids.nonce()}`;
  const scopeless = await mint.token({ scopes: null, label: 'token without scopes' });
  const stranger = await mcp.request('tools/list', undefined, { server: unknown });
  yield refused('unknown-server-without-token', stranger, [401, 'unauthenticated']);
  const elsewhere = await mcp.request('tools/list', undefined, { server: unknown, token: scopeless });
  yield refused('unknown-server-without-scope', elsewhere, [403, 'scope_denied']);
  const text = JSON.stringify(rpc('tools/list'));
  const oversized = { raw: text.padEnd(expect.limits.payloadKb * 1024 + 1, ' ') };
  const typed = await mcp.send({ token: scopeless, body: { raw: text }, headers: PLAIN });
  yield refused('media-type-without-scope', typed, [403, 'scope_denied']);
  yield refused('oversized-without-scope', await mcp.send({ token: scopeless, body: oversized }), [
    403,
    'scope_denied',
  ]);
  // Bodies are read whatever the HTTP method: a GET that names a method is measured by its scope first.
  const reader = await mint.token({ scopes: ['mcp:read'], label: 'token with mcp:read' });
  const naming = await mcp.send({ method: 'GET', token: reader, body: rpc('tools/call') });
  yield refused('get-naming-a-method', naming, [403, 'scope_denied']);
}

/** The media type before the size, both before the handle. */
async function* howComesBeforeWhere({ mcp, token, ids, expect }: Context): AsyncGenerator<Seeing, void, void> {
  const unknown = `unknown-${ids.nonce()}`;
  const sound = await token.sound();
  const text = JSON.stringify(rpc('tools/list'));
  const oversized = { raw: text.padEnd(expect.limits.payloadKb * 1024 + 1, ' ') };
  const both = await mcp.send({ token: sound, body: oversized, headers: PLAIN });
  yield refused('media-type-before-size', both, [415, 'unsupported_media_type']);
  const elsewhere = await mcp.send({ server: unknown, token: sound, body: { raw: text }, headers: PLAIN });
  yield refused('media-type-before-server', elsewhere, [415, 'unsupported_media_type']);
}

/** On the transport the tool policy comes before the registry, on dispatch after it (D25). */
async function* policyAndRegistry({ mcp, token, ids, expect }: Context): AsyncGenerator<Seeing, void, void> {
  const server = `unknown-${ids.nonce()}`;
  const sound = await token.sound();
  const params = { name: expect.deniedTool, arguments: {} };
  const denied = await mcp.request('tools/call', params, { server, token: sound });
  yield refused('tool-before-server', denied, [403, 'tool_denied']);
  const dispatched = await mcp.request('tools/call', params, { server, to: 'dispatch', token: sound });
  yield refused('server-before-tool-on-dispatch', dispatched, [404, 'server_not_found']);
  const malformed = await mcp.send({ token: sound, body: { raw: '{' } });
  yield equals('unreadable-body', {
    actual: rpcOutcome(malformed),
    expected: { status: 200, answer: -32700 },
    seen: malformed,
  });
}

function refused(slug: string, reply: Exchange, [status, code]: readonly [number, string]): Seeing {
  const { status: actualStatus, code: actualCode } = refusalOf(reply);
  const actual: Json = { status: actualStatus, code: actualCode };
  return equals(slug, { actual, expected: { status, code }, seen: reply });
}
