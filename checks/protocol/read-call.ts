import { defineCheck, readCallFacts, searchFor } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'protocol/read-call',
  title: 'One read tool call works through the API',
  proves: 'A consumer gets content, once structured and once as the same text, with the toolset version.',
  remedy: 'HTTP 200 with -32603 is an exception in the tool: look into the eMCP log of that trace id.',
  section: '2.1',
  cites: ['runbook:8.3/read-call', 'runbook:8.3/meta-trace', 'CONTRACT 6.5', 'CONTRACT 7.3'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const reply = await mcp.request('tools/call', searchFor(), { token: await token.sound() });
    yield* readCallFacts(reply, expect);
  },
});
