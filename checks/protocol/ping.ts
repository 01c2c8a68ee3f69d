import { at, defineCheck, equals, jsonOf } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'protocol/ping',
  title: 'ping answers with an empty result',
  proves: 'A client can tell a slow server from a dead one.',
  remedy: 'On the shipped server `ping` needs the scope mcp:admin or *: that is D17, not an outage.',
  section: '2.1',
  cites: ['CONTRACT 6.2', 'D17'],
  severity: 'must',
  impact: 'read',
  requests: (_expect, { offers }) => (offers.mint.offered ? {} : { ping: 1 }),
  otherRequests: (_expect, { offers }) => (offers.mint.offered ? { ping: 1 } : {}),
  revisions: { until: '2025-11-25' },
  needs: ['mcp', 'token'],
  optional: ['mint'],

  async *run(context) {
    // The plan leaves the check out where the given token says that it lacks the scope.
    const token = await (context.mint?.token({ scopes: ['mcp:admin'] }) ?? context.token.sound());
    const reply = await context.mcp.request('ping', undefined, { token });
    yield equals('empty-result', { actual: at(jsonOf(reply), 'result'), expected: {}, seen: reply });
  },
});
