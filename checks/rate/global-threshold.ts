import {
  burst,
  defineCheck,
  equals,
  inconclusive,
  notApplicable,
  refusal,
  whyInconclusive,
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
  needs: ['mcp', 'token'],
  optional: ['mint'],
  timeLimit: 130_000,

  async *run(context) {
    const limit = context.expect.rate.globalPerMinute;
    if (limit === 'unlimited') {
      yield notApplicable('the profile promises no global rate limit');
      return;
    }
    // A handle nobody registered has buckets nobody used, whatever the token.
    const seen = await burst(context, limit + 1, { server: `unknown-${context.ids.nonce()}`, fresh: true });
    const unclear = whyInconclusive(seen, limit);
    if (unclear !== undefined) {
      yield inconclusive(unclear);
      return;
    }
    yield equals('allowed', { actual: seen.allowed, expected: limit, seen: seen.last });
    yield refusal('refused', { reply: seen.last, status: 429, code: 'rate_limited' });
  },
});
