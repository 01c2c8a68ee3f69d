import { at, defineCheck, equals, jsonOf, refusal, whereDispatched } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'auth/refused-not-run',
  title: 'A refused request executes nothing',
  proves: 'Refusal comes before execution: a denied dispatch leaves neither a task nor a key behind.',
  remedy:
    'The scope middleware does not run before the dispatch controller: compare the route with a stock installation.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'CONTRACT 2.2', 'CONTRACT 8.5'],
  severity: 'must',
  impact: 'write',
  requests: {},
  otherRequests: { 'dispatch:tools/call': 2 },
  dispatches: 2,
  needs: ['mcp', 'mint'],
  applies: whereDispatched('queued', 'sync'),

  async *run({ mcp, mint, ids }) {
    const key = ids.name();
    const body = { method: 'tools/call', params: { name: 'evo.content.search', arguments: { limit: 1 } } };
    const dispatch = { to: 'dispatch', body, headers: { 'Idempotency-Key': key } } as const;
    const reader = await mint.token({ scopes: ['mcp:read'], label: 'token with mcp:read' });
    yield refusal('denied', {
      reply: await mcp.send({ ...dispatch, token: reader }),
      status: 403,
      code: 'scope_denied',
    });
    const accepted = await mcp.send({ ...dispatch, token: await mint.token({}) });
    yield equals('key-is-new', { actual: at(jsonOf(accepted), 'reused'), expected: false, seen: accepted });
  },
});
