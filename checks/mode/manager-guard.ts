import { at, defineCheck, holds, initializeBody, jsonOf, mediaType } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'mode/manager-guard',
  title: 'The manager route never yields JSON-RPC without a manager session',
  proves: 'Nobody outside the manager reaches the internal route, whatever the mode.',
  remedy:
    'The CMS manager middleware or `emcp.permission` does not run: compare the route list with a stock installation.',
  section: '1',
  cites: ['runbook:1.2/manager-closed', 'D02', 'D14'],
  severity: 'must',
  impact: 'read',
  requests: {},
  needs: ['manager'],

  async *run({ manager, expect }) {
    const body = initializeBody(expect.protocolVersions[0] ?? '');
    const reply = await manager.send({ body });
    const speaks = at(jsonOf(reply), 'jsonrpc') !== undefined;
    yield holds('no-json-rpc', {
      actual: { status: reply.status, media: mediaType(reply) ?? 'none', jsonRpc: speaks },
      expected: 'a login page or a refusal, never JSON-RPC',
      held: !speaks && reply.status < 500,
      seen: reply,
    });
  },
});
