import { defineCheck, refusal } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'auth/missing-token',
  title: 'A request without a token answers 401',
  proves: 'Nothing of the API route works without credentials.',
  remedy: 'Look at `auth.mode`: only the value `none` switches the JWT off; remove it.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'runbook:6/401'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { 'tools/list': 1, GET: 1 },
  needs: ['mcp'],
  after: ['mode/api-route'],

  async *run({ mcp }) {
    yield refusal('tools-list', {
      reply: await mcp.request('tools/list'),
      status: 401,
      code: 'unauthenticated',
    });
    yield refusal('get', { reply: await mcp.send({ method: 'GET' }), status: 401, code: 'unauthenticated' });
  },
});
