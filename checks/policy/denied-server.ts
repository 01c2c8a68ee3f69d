import { defineCheck, refusal, succeeds } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'policy/denied-server',
  title: 'A server outside the allow list answers 403',
  proves: 'The allow list of servers is enforced, and it hides what lies behind it.',
  remedy: 'Compare `security.allow_servers` with the promise (`deniedServer`); an empty list denies every server.',
  section: '6',
  cites: ['runbook:6/403', 'runbook:7/7', 'CONTRACT 1.1', 'CONTRACT 2.2'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 2 },
  needs: ['mcp', 'token'],
  applies: {
    when: 'a server outside the allow list is named (`expect.deniedServer`)',
    test: ({ deniedServer }) =>
      deniedServer !== undefined || 'the profile names no denied server (`expect.deniedServer`)',
  },

  async *run({ mcp, token, expect }) {
    const sound = await token.sound();
    const server = expect.deniedServer ?? '';
    const reply = await mcp.request('tools/list', undefined, { server, token: sound });
    yield refusal('denied', { reply, status: 403, code: 'server_denied' });
    yield succeeds('allowed', await mcp.request('tools/list', undefined, { token: sound }));
  },
});
