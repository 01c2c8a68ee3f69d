import { defineCheck, foreignTo, whereDispatched, workerFacts } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'worker/repaired',
  title: 'After a request the dispatch worker is registered, active and of the right class',
  proves: 'The runtime registers its worker by itself, at every boot.',
  remedy: 'Run `emcp sync-workers` and read what it says; the tables of sTask and `queue.driver` must be in place.',
  section: '3.1',
  cites: ['runbook:3.1/worker', 'runbook:3.1/auto-registers', 'CONTRACT 8.7'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { 'tools/list': 1 },
  needs: ['mcp', 'database'],
  applies: whereDispatched('queued'),

  async *run({ mcp, database, expect }) {
    // Whatever the CMS answers, a request boots the runtime; what is answered in front of it does not.
    const foreign = foreignTo('registered', await mcp.request('tools/list'), ['emcp', 'sapi', 'cms']);
    if (foreign !== undefined) yield foreign;
    else yield* workerFacts(await database.worker(expect.worker.identifier), expect);
  },
});
