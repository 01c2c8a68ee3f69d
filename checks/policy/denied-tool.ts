import { defineCheck, refusal } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'policy/denied-tool',
  title: 'A denied tool answers 403 before it is looked up',
  proves: 'Write tools are off by default, and the deny list works.',
  remedy: 'Set `security.enable_write_tools: false` and keep the deny list; both are checked before the registry.',
  section: '6',
  cites: ['runbook:6/403', 'runbook:7/7', 'CONTRACT 1.1'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const params = { name: expect.deniedTool, arguments: {} };
    yield refusal('denied', {
      reply: await mcp.request('tools/call', params, { token: await token.sound() }),
      status: 403,
      code: 'tool_denied',
    });
  },
});
