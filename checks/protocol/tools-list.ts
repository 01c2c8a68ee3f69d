import { defineCheck, MOST_PAGES, readToolPages, toolListFacts } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'protocol/tools-list',
  title: 'tools/list is complete, well-formed and ends',
  proves: 'A client sees every canonical tool and can build a call from what is listed.',
  remedy: 'A missing tool means another toolset version or a server class of your own; compare with `emcp:test`.',
  section: '2.1',
  cites: ['runbook:2.1/smoke', 'runbook:8.3/tools', 'CONTRACT 7.1', 'H23'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': MOST_PAGES },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    yield* toolListFacts(await readToolPages(mcp, { token: await token.sound() }), expect);
  },
});
