import {
  at,
  defineCheck,
  holds,
  inconclusive,
  initializeBody,
  isObject,
  jsonOf,
  mediaType,
  refusal,
  type Exchange,
  type Fact,
  type RouteProbe,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'mode/api-route',
  title: 'The API route is open or closed as the profile promises',
  proves: 'External callers reach eMCP exactly where the deployment says they do.',
  remedy:
    'Compare `mode.api`, `enable`, `route.api_prefix` and SAPI_BASE_PATH with the path in use; see docs/modes.md.',
  section: '1',
  cites: ['runbook:1.1/api-disabled', 'runbook:1.2/api-works', 'runbook:1.3/both', 'H22'],
  severity: 'must',
  impact: 'read',
  requests: {},
  needs: ['mcp'],

  async *run({ mcp, expect }) {
    const body = initializeBody(expect.protocolVersions[0] ?? '');
    const reply = await mcp.send({ body });
    if (expect.mode.api) {
      // Without a token an open route says so itself; HTML with HTTP 200 would be the site's home page.
      yield refusal('open', { reply, status: 401, code: 'unauthenticated' });
      return;
    }
    yield closed('closed', reply);
    if (mcp.path !== mcp.defaultPath)
      yield closed('closed-by-default', await mcp.send({ body, path: mcp.defaultPath }));
    if (!(await provesPrefix(mcp))) {
      yield inconclusive(
        'closed at these paths, but a wrong prefix or version would look the same and nothing proves the prefix',
      );
    }
  },
});

/** Not a word of eMCP's: neither JSON-RPC nor a transport error. */
function closed(slug: string, reply: Exchange): Fact {
  const body = jsonOf(reply);
  const speaks = at(body, 'jsonrpc') !== undefined || isObject(at(body, 'error'));
  const actual = { status: reply.status, media: mediaType(reply) ?? 'none', eMCP: speaks };
  return holds(slug, {
    actual,
    expected: 'no answer of eMCP at this path',
    held: !speaks && reply.status < 500,
    seen: reply,
  });
}

/** The token endpoint lies beside the MCP routes; when it answers as sApi does, the base path is right. */
async function provesPrefix(mcp: RouteProbe): Promise<boolean> {
  const beside = mcp.path.replace(/\/[^/]+\/\{server\}.*$/, '/token');
  const reply = await mcp.send({ path: beside, body: {} });
  return at(jsonOf(reply), 'success') === false;
}
