import { defineCheck, refusal } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'policy/manager-permission',
  title: 'A manager without the permission `emcp` answers 403',
  proves: 'The manager route is for those managers who were given it.',
  remedy: 'Compare `acl.permission` and the roles that hold it; the migrations of eMCP grant it to role 1.',
  section: '6',
  cites: ['runbook:6/403', 'CONTRACT 2.6'],
  severity: 'must',
  impact: 'read',
  dispatches: 0,
  requests: {},
  otherRequests: { 'manager:tools/list': 1, 'manager-dispatch:tools/list': 1 },
  needs: ['manager', 'unprivileged'],

  async *run({ manager, unprivileged }) {
    const session = await unprivileged.session('emcp');
    const reply = await manager.request('tools/list', undefined, { session });
    yield refusal('transport', { reply, status: 403, code: 'forbidden' });
    const dispatched = await manager.request('tools/list', undefined, { session, to: 'dispatch' });
    yield refusal('dispatch', { reply: dispatched, status: 403, code: 'forbidden' });
  },
});
