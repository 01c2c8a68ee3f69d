import { at, defineCheck, equals, jsonOf, rpcOutcome } from '../../src/kit/index.ts';

const REQUESTED = '1900-01-01';

export default defineCheck({
  id: 'protocol/unsupported-version',
  title: 'An unsupported protocol revision is refused with the list of supported ones',
  proves: 'A client from another era learns what it could ask for instead.',
  remedy: 'Compare the installed laravel/mcp with the one the profile expects.',
  section: '2.1',
  cites: ['CONTRACT 6.3', 'D29'],
  severity: 'must',
  impact: 'read',
  requests: { initialize: 1 },
  revisions: { until: '2025-11-25' },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const reply = await mcp.initialize(REQUESTED, { token: await token.sound() });
    const body = jsonOf(reply);
    yield equals('refused', { actual: rpcOutcome(reply), expected: { status: 200, answer: -32602 }, seen: reply });
    yield equals('supported', {
      actual: at(body, 'error', 'data', 'supported'),
      expected: expect.protocolVersions,
      seen: reply,
    });
    yield equals('requested', { actual: at(body, 'error', 'data', 'requested'), expected: REQUESTED, seen: reply });
  },
});
