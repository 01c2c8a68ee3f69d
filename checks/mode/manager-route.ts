import { defineCheck, holds, reachedRuntime, refusalOf } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'mode/manager-route',
  title: 'The manager route answers with a manager session',
  proves: 'The internal flow is open for a manager who holds the eMCP permission.',
  remedy: 'Sign in again for a fresh cookie, grant the permission `emcp`, or send the CSRF token newer cores demand.',
  section: '1',
  cites: ['runbook:1.1/manager-works', 'runbook:1.3/both', 'D02'],
  severity: 'must',
  impact: 'read',
  requests: { 'manager:initialize': 1 },
  needs: ['manager', 'session'],
  guards: ['session'],

  async *run({ manager, session, expect }) {
    const reply = await manager.initialize(expect.protocolVersions[0] ?? '', { session: await session.sound() });
    const reached = reachedRuntime(reply);
    yield holds('open', {
      actual: reached ? { status: 200, code: 'JSON-RPC' } : refusalOf(reply),
      expected: { status: 200, code: 'JSON-RPC' },
      held: reached,
      seen: reply,
      // A login page says that the session has ended; another page of the CMS, that the route is not there.
      by: reply.answeredBy.kind === 'cms' && reply.answeredBy.page === 'login' ? ['emcp'] : ['emcp', 'cms'],
    });
  },
});
