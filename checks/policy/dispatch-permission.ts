import { defineCheck, refusal, succeeds } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'policy/dispatch-permission',
  title: 'A manager without the permission `emcp_dispatch` may call but not dispatch',
  proves: 'Leaving work behind asks for a permission of its own.',
  remedy: 'Compare the roles that hold `emcp_dispatch` with the promise.',
  section: '6',
  cites: ['runbook:6/403', 'CONTRACT 2.6'],
  severity: 'must',
  impact: 'read',
  dispatches: 0,
  requests: {},
  otherRequests: { 'manager:tools/list': 1, 'manager-dispatch:tools/list': 1 },
  needs: ['manager', 'unprivileged'],

  async *run({ manager, unprivileged }) {
    const session = await unprivileged.session('emcp_dispatch');
    yield succeeds('transport', await manager.request('tools/list', undefined, { session }));
    const reply = await manager.request('tools/list', undefined, { session, to: 'dispatch' });
    yield refusal('dispatch', { reply, status: 403, code: 'forbidden' });
  },
});
