import { at, defineCheck, equals, jsonOf } from '../../src/kit/index.ts';

// Contract §6.3: instructions came with the revision of June 2025.
const WITHOUT_INSTRUCTIONS = new Set(['2024-11-05', '2025-03-26']);

export default defineCheck({
  id: 'protocol/revisions',
  title: 'initialize speaks every supported protocol revision',
  proves: 'Older clients are answered in the revision they ask for.',
  remedy: 'Compare the installed laravel/mcp with the one the profile expects (`protocolVersions`).',
  section: '2.1',
  cites: ['runbook:2.1/smoke', 'CONTRACT 6.3'],
  severity: 'must',
  impact: 'read',
  requests: ({ protocolVersions }) => ({ initialize: protocolVersions.length }),
  revisions: { until: '2025-11-25' },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const sound = await token.sound();
    for (const revision of expect.protocolVersions) {
      const reply = await mcp.initialize(revision, { token: sound });
      const result = at(jsonOf(reply), 'result');
      yield equals('echoed', { actual: at(result, 'protocolVersion'), expected: revision, seen: reply });
      yield equals('instructions', {
        actual: { revision, present: at(result, 'instructions') !== undefined },
        expected: { revision, present: !WITHOUT_INSTRUCTIONS.has(revision) },
        seen: reply,
      });
    }
  },
});
