import { defineCheck, refusal } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'transport/unknown-server',
  title: 'An unknown server handle answers 404',
  proves: 'A mistyped or retired handle is told apart from a refused caller.',
  remedy: 'Compare `mcp.servers` with the handles in use; `security.allow_servers` would answer 403 instead.',
  section: '6',
  cites: ['runbook:6/404', 'CONTRACT 2.2', 'D04'],
  severity: 'must',
  impact: 'read',
  dispatches: 0,
  requests: {},
  otherRequests: { 'tools/list': 1, 'dispatch:tools/list': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, ids }) {
    const server = `unknown-${ids.nonce()}`;
    const sound = await token.sound();
    yield refusal('transport', {
      reply: await mcp.request('tools/list', undefined, { server, token: sound }),
      status: 404,
      code: 'server_not_found',
    });
    yield refusal('dispatch', {
      reply: await mcp.request('tools/list', undefined, { server, to: 'dispatch', token: sound }),
      status: 404,
      code: 'server_not_found',
    });
  },
});
