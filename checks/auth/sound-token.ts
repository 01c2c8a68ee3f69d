import { defineCheck, holds, reachedRuntime, refusalOf } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'auth/sound-token',
  title: 'A sound token with the needed scopes is accepted',
  proves: 'The signing secret, the clock and the scopes agree between operator and target.',
  remedy:
    'Compare the secret with SAPI_JWT_SECRET, the clocks (`emcp doctor`), and the scopes with the scope map of the server.',
  section: '2.2',
  cites: ['runbook:2.2/valid', 'CONTRACT 3.1', 'CONTRACT 4.3'],
  severity: 'must',
  impact: 'read',
  requests: { initialize: 1 },
  needs: ['mcp', 'token'],
  after: ['mode/api-route'],
  guards: ['token', 'mint'],

  async *run({ mcp, token, expect }) {
    const reply = await mcp.initialize(expect.protocolVersions[0] ?? '', { token: await token.sound() });
    // What initialize then says is another check's business; here it counts that the runtime was reached.
    const reached = reachedRuntime(reply);
    yield holds('accepted', {
      actual: reached ? { status: 200, code: 'JSON-RPC' } : refusalOf(reply),
      expected: { status: 200, code: 'JSON-RPC' },
      held: reached,
      seen: reply,
      ...(reply.status === 401 ? { note: STRIPPED } : {}),
    });
  },
});

/** eMCP answers a token it never saw as it answers one it does not accept. */
const STRIPPED = 'answered as if no token had been sent: does the web server pass Authorization on to PHP?';
