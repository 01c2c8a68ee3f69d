import { defineCheck, readCallFacts, searchFor } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'manager/read-call',
  title: 'One read tool call works through the manager',
  proves: 'A consumer inside the manager gets content, with the toolset version.',
  remedy: 'HTTP 200 with -32603 is an exception in the tool: look into the eMCP log of that trace id.',
  section: '2.1',
  cites: ['runbook:8.3/read-call', 'runbook:8.3/meta-trace', 'CONTRACT 7.3'],
  severity: 'must',
  impact: 'read',
  requests: { 'manager:tools/call': 1 },
  needs: ['manager', 'session'],

  async *run({ manager, session, expect }) {
    const reply = await manager.request('tools/call', searchFor(), { session: await session.sound() });
    yield* readCallFacts(reply, expect);
  },
});
