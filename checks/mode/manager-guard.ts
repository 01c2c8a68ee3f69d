import { defineCheck, holds, mediaType, refusalOf } from '../../src/kit/index.ts';

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
  otherRequests: { 'manager:initialize': 1 },
  needs: ['manager'],

  async *run({ manager, expect }) {
    const reply = await manager.initialize(expect.protocolVersions[0] ?? '');
    const { answeredBy } = reply;
    const { status, code, traceId } = refusalOf(reply);
    // What the manager shows before anything of eMCP is reached (contract §2.6); another page says the path is wrong.
    const guarded = answeredBy.kind === 'cms' && (answeredBy.page === 'login' || answeredBy.page === 'csrf');
    yield holds('no-json-rpc', {
      actual: { status, media: mediaType(reply) ?? 'none', code: guarded ? answeredBy.page : code, traceId },
      expected: 'the login page of the manager, its CSRF refusal, or 403 forbidden with a trace id',
      held: guarded || (status === 403 && code === 'forbidden' && traceId === 'in the body'),
      seen: reply,
      by: guarded ? ['emcp', 'cms'] : ['emcp'],
    });
  },
});
