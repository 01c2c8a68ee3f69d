import { defineCheck, equals, refusal } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'transport/get-not-allowed',
  title: 'GET on the MCP route answers 405',
  proves: 'No caller can open a listening stream on the JSON-RPC route.',
  remedy: 'Look for a proxy or a route that answers GET before eMCP does.',
  section: '6',
  cites: ['runbook:6/405', 'CONTRACT 2.1', 'D01'],
  severity: 'must',
  impact: 'read',
  requests: { GET: 2 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token }) {
    const sound = await token.sound();
    yield refusal('get', {
      reply: await mcp.send({ method: 'GET', token: sound }),
      status: 405,
      code: 'method_not_allowed',
    });
    const head = await mcp.send({ method: 'HEAD', token: sound });
    yield equals('head', { actual: head.status, expected: 405, seen: head });
  },
});
