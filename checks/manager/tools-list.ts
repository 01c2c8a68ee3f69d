import { defineCheck, MOST_PAGES, readToolPages, toolListFacts } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'manager/tools-list',
  title: 'tools/list through the manager is complete, well-formed and ends',
  proves: 'A consumer inside the manager sees every canonical tool.',
  remedy: 'A missing tool means another toolset version or a server class of your own; compare with `emcp:test`.',
  section: '2.1',
  cites: ['runbook:2.1/smoke', 'runbook:8.3/tools', 'CONTRACT 7.1'],
  severity: 'must',
  impact: 'read',
  requests: { 'manager:tools/list': MOST_PAGES },
  needs: ['manager', 'session'],

  async *run({ manager, session, expect }) {
    yield* toolListFacts(await readToolPages(manager, { session: await session.sound() }), expect);
  },
});
