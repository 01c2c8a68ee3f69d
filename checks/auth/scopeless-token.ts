import { defineCheck, equals, refusal, rpcOutcome } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'auth/scopeless-token',
  title: 'A token without scopes reaches no method',
  proves: 'A valid signature alone grants nothing but a parse error.',
  remedy: 'Look at `auth.require_scopes`: false makes any valid token enough for every method.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'runbook:6/403', 'CONTRACT 4.3'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { initialize: 1, 'tools/list': 1, 'tools/call': 1, unknown: 1 },
  needs: ['mcp', 'mint'],

  async *run({ mcp, mint }) {
    const token = await mint.token({ scopes: null, label: 'token without scopes' });
    for (const method of ['initialize', 'tools/list', 'tools/call']) {
      const reply = await mcp.request(method, undefined, { token });
      yield refusal('denied', { reply, status: 403, code: 'scope_denied' });
    }
    // Contract §4.2: where no method can be read, there is nothing to compare scopes with.
    const parsed = await mcp.send({ token, body: [] });
    yield equals('parsed', { actual: rpcOutcome(parsed), expected: { status: 200, answer: -32600 }, seen: parsed });
  },
});
