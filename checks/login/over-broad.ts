import { defineCheck, foreignTo, holds, inconclusive } from '../../src/kit/index.ts';

/** The token endpoint is sApi's, and answers in its shape (contract §3.2). */
const TOKEN_ENDPOINT = ['sapi'] as const;

export default defineCheck({
  id: 'login/over-broad',
  title: 'A login is not granted every scope',
  proves: 'A stolen password is not at once a key to everything MCP may ever offer.',
  remedy: 'Set SAPI_JWT_SCOPES to what clients need, such as `mcp:read,mcp:call`; the default is `*` (H11).',
  section: '8.1',
  cites: ['H11', 'CONTRACT 3.2'],
  severity: 'should',
  impact: 'read',
  requests: {},
  otherRequests: { 'login:unknown': 1 },
  needs: ['login'],

  async *run({ login }) {
    const { exchange, token } = await login.login();
    if (token?.scopes === undefined) {
      const why = 'no token whose scopes can be read was granted; see login/obtain-token';
      yield foreignTo('no-star', exchange, TOKEN_ENDPOINT) ?? inconclusive(why, 'no-star');
      return;
    }
    yield holds('no-star', {
      actual: token.scopes,
      expected: 'named scopes, without *',
      held: !token.scopes.includes('*'),
      seen: exchange,
      by: TOKEN_ENDPOINT,
    });
  },
});
