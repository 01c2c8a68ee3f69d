import {
  defineCheck,
  holds,
  inconclusive,
  mediaType,
  refusal,
  type Exchange,
  type RouteProbe,
  type Seeing,
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
  otherRequests: ({ mode }) => (mode.api ? { initialize: 1 } : { initialize: 2, 'elsewhere:unknown': 1 }),
  needs: ['mcp'],

  async *run({ mcp, expect }) {
    const [newest = ''] = expect.protocolVersions;
    const reply = await mcp.initialize(newest);
    if (expect.mode.api) {
      // Without a token an open route says so itself; a page of the CMS in its place says that it is closed.
      yield refusal('open', { reply, status: 401, code: 'unauthenticated', by: HERE });
      return;
    }
    yield closed('closed', reply);
    if (mcp.path !== mcp.defaultPath) {
      yield closed('closed-by-default', await mcp.initialize(newest, { path: mcp.defaultPath }));
    }
    if (!(await provesPrefix(mcp))) {
      yield inconclusive(
        'closed at these paths, but a wrong prefix or version would look the same and nothing proves the prefix',
      );
    }
  },
});

/** The CMS and its packages; who stands in front of them says nothing about a route behind. */
const HERE = ['emcp', 'sapi', 'cms'] as const;

/** What lies off eMCP's routes is answered by the CMS or by sApi's fallback (contract §2.5). */
function closed(slug: string, reply: Exchange): Seeing {
  const { answeredBy, status } = reply;
  return holds(slug, {
    actual: { status, media: mediaType(reply) ?? 'none', eMCP: answeredBy.kind === 'emcp' },
    expected: 'the 404 page or the home page of the CMS, or the fallback of sApi',
    held: answeredBy.kind !== 'emcp',
    seen: reply,
    by: isOffRoute(answeredBy) ? HERE : ['emcp'],
  });
}

/** A CMS that fails or wants a login says nothing of its routes, nor does a package that fails. */
function isOffRoute(by: Exchange['answeredBy']): boolean {
  if (by.kind === 'sapi') return by.status === 404;
  return by.kind === 'cms' && (by.page === 'not-found' || by.page === 'home');
}

/** The token endpoint lies beside the MCP routes; when it answers as sApi does, the base path is right. */
async function provesPrefix(mcp: RouteProbe): Promise<boolean> {
  const beside = mcp.path.replace(/\/[^/]+\/\{server\}.*$/, '/token');
  const { answeredBy } = await mcp.send({ path: beside, body: {} });
  return answeredBy.kind === 'sapi' && answeredBy.status !== 404;
}
