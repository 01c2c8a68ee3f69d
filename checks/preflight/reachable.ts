import { defineCheck, holds } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'preflight/reachable',
  title: 'The target answers over HTTP',
  proves: 'DNS, TCP, TLS and the web server in front of PHP work, so that every other red means what it says.',
  remedy: 'Check the base URL, the certificate, the proxy and whether PHP is running; then repeat `emcp doctor`.',
  section: '0',
  cites: ['runbook:6/500'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { initialize: 1 },
  needs: ['mcp'],
  guards: ['mcp', 'manager', 'login', 'stream'],

  async *run({ mcp, expect }) {
    const reply = await mcp.initialize(expect.protocolVersions[0] ?? '');
    yield holds('no-server-error', {
      actual: reply.status,
      expected: 'an HTTP status below 500',
      held: reply.status < 500,
      seen: reply,
      // Where the API is closed, the CMS answers; anybody else stands in front of both.
      by: ['emcp', 'sapi', 'cms'],
    });
  },
});
