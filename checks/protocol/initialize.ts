import { defineCheck, initializeFacts } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'protocol/initialize',
  title: 'initialize names the platform, the toolset and the newest protocol revision',
  proves: 'The MCP runtime behind the route is eMCP, of the toolset this runbook is written for.',
  remedy: 'Compare the installed package with the profile; `emcp:test` on the host shows the same without HTTP.',
  section: '2.1',
  cites: ['runbook:2.1/smoke', 'runbook:0/marker', 'runbook:0/baseline', 'runbook:7/5', 'CONTRACT 6.3'],
  severity: 'must',
  impact: 'read',
  requests: { initialize: 1 },
  revisions: { until: '2025-11-25' },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const reply = await mcp.initialize(expect.protocolVersions[0] ?? '', { token: await token.sound() });
    yield* initializeFacts(reply, expect);
  },
});
