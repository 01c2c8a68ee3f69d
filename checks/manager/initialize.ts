import { defineCheck, initializeFacts } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'manager/initialize',
  title: 'initialize through the manager names the platform, the toolset and the newest protocol revision',
  proves: 'The internal route leads to the same runtime as the external one should.',
  remedy: 'Compare with `protocol/initialize`: a difference means two installations or a stale route cache.',
  section: '2.1',
  cites: ['runbook:2.1/smoke', 'runbook:7/5', 'runbook:1.1/manager-works'],
  severity: 'must',
  impact: 'read',
  requests: { 'manager:initialize': 1 },
  revisions: { until: '2025-11-25' },
  needs: ['manager', 'session'],

  async *run({ manager, session, expect }) {
    const reply = await manager.initialize(expect.protocolVersions[0] ?? '', { session: await session.sound() });
    yield* initializeFacts(reply, expect);
  },
});
