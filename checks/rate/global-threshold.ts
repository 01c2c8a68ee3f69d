import {
  burst,
  burstElsewhere,
  burstShared,
  defineCheck,
  equals,
  limitOf,
  refusal,
  unclearBurst,
  whereLimited,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'rate/global-threshold',
  title: 'An unknown handle is limited by the global setting',
  proves: 'Where no server has a limit of its own, the global one holds; guessing handles is limited, too.',
  remedy: 'Compare `rate_limit.per_minute` of eMCP with the promise; per-server values do not count here.',
  section: '2.3',
  cites: ['runbook:2.3/per-server', 'CONTRACT 5', 'D20'],
  severity: 'must',
  impact: 'load',
  requests: {},
  otherRequests: (expect, facts) => {
    const requests = limitOf(expect, 'globalPerMinute') + 1;
    // A handle nobody registered has buckets of its own, whatever the token.
    return { ...burstShared(requests, facts), ...burstElsewhere(requests, facts) };
  },
  needs: ['mcp', 'token'],
  optional: ['mint'],
  timeLimitMs: 130_000,
  applies: whereLimited('globalPerMinute'),

  async *run(context) {
    const limit = limitOf(context.expect, 'globalPerMinute');
    // A handle nobody registered has buckets nobody used, whatever the token.
    const seen = await burst(context, limit + 1, { server: `unknown-${context.ids.nonce()}`, fresh: true });
    const unclear = unclearBurst('allowed', seen, limit);
    if (unclear !== undefined) {
      yield unclear;
      return;
    }
    yield equals('allowed', { actual: seen.allowed, expected: limit, seen: seen.last });
    yield refusal('refused', { reply: seen.last, status: 429, code: 'rate_limited' });
  },
});
