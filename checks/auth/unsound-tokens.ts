import { defineCheck, refusal, succeeds } from '../../src/kit/index.ts';

// Contract §3.1 and H12: none of these needs the secret, so they are tried on every target.
const UNSOUND = ['garbage', 'tampered', 'foreign-secret', 'alg-none'] as const;

export default defineCheck({
  id: 'auth/unsound-tokens',
  title: 'Forged tokens answer 401',
  proves: 'Only tokens signed with the secret of the target, by HS256, open the API route.',
  remedy: 'Close the API route (`mode.api: false`) until the JWT library pins the algorithm and the key again.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'runbook:6/401', 'H12', 'RFC 8725 3.1'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 1 + UNSOUND.length },
  otherRequests: { 'tools/list': UNSOUND.length },
  needs: ['mcp', 'token'],

  async *run({ mcp, token }) {
    const sound = await token.sound();
    yield succeeds('control', await mcp.request('tools/list', undefined, { token: sound }));
    for (const kind of UNSOUND) {
      const reply = await mcp.request('tools/list', undefined, { token: await token.unsound(kind) });
      yield refusal(kind, { reply, status: 401, code: 'unauthenticated' });
      yield succeeds('control', await mcp.request('tools/list', undefined, { token: sound }));
    }
  },
});
