import { defineCheck, holds, searchFor, succeeds } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'login/obtain-token',
  title: 'A user can log in at the token endpoint and use what is granted',
  proves: 'Clients can obtain a token whose scopes suffice for reading and calling.',
  remedy:
    'Compare SAPI_ALLOWED_USER_ROLES, SAPI_JWT_SCOPES and SAPI_JWT_SECRET, and the path: SAPI_VERSION moves it (D15).',
  section: '8.1',
  cites: ['runbook:8.1/jwt', 'runbook:8.1/call', 'CONTRACT 3.2', 'D15'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { 'login:unknown': 1, initialize: 1, 'tools/call': 1 },
  needs: ['mcp', 'login'],
  after: ['mode/api-route'],

  async *run({ mcp, login, expect }) {
    const { exchange, token } = await login.login();
    yield holds('granted', {
      actual: { status: exchange.status, token: token === undefined ? 'none' : 'given' },
      expected: { status: 200, token: 'given' },
      held: exchange.status === 200 && token !== undefined,
      seen: exchange,
      // The token endpoint is sApi's, and answers in its shape (contract §3.2).
      by: ['sapi', 'cms'],
    });
    if (!token) return;
    yield succeeds('suffices-to-read', await mcp.initialize(expect.protocolVersions[0] ?? '', { token }));
    yield succeeds('suffices-to-call', await mcp.request('tools/call', searchFor(), { token }));
  },
});
