import { defineCheck, whereDispatched, workerFacts } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'worker/registered',
  title: 'The dispatch worker is registered, active and of the right class before the first request',
  proves: 'Queued work finds its worker even when nobody visits the site.',
  remedy: 'Any request repairs the row: find out what changed it, such as an old release or a restored backup.',
  section: '3.1',
  cites: ['runbook:3.1/worker', 'runbook:0.1/async-depends', 'CONTRACT 8.7'],
  severity: 'must',
  impact: 'read',
  requests: {},
  needs: ['database'],
  first: true,
  applies: whereDispatched('queued'),

  async *run({ database, expect }) {
    yield* workerFacts(await database.worker(expect.worker.identifier), expect);
  },
});
