import {
  BURST_METHOD,
  burst,
  defineCheck,
  equals,
  header,
  holds,
  inconclusive,
  notApplicable,
  refusal,
  whyInconclusive,
  type Exchange,
  type Fact,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'rate/threshold',
  title: 'The rate limit refuses exactly after the promised number of requests',
  proves: 'A caller gets what the deployment promises a minute, and not one request more.',
  remedy: 'Compare `rate_limit.per_minute` of the server (it wins) and of eMCP; 0 or text means unlimited.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'runbook:2.3/per-server', 'runbook:6/429', 'runbook:7/6', 'CONTRACT 5', 'H26'],
  severity: 'must',
  impact: 'load',
  requests: ({ rate }) => ({ [BURST_METHOD]: rate.perMinute === 'unlimited' ? 0 : rate.perMinute }),
  needs: ['mcp', 'token'],
  optional: ['mint'],
  timeLimit: 130_000,

  async *run(context) {
    const limit = context.expect.rate.perMinute;
    if (limit === 'unlimited') {
      yield notApplicable('the profile promises no rate limit');
      return;
    }
    const seen = await burst(context, limit + 1);
    const unclear = whyInconclusive(seen, limit);
    if (unclear !== undefined) {
      yield inconclusive(unclear);
      return;
    }
    yield equals('allowed', { actual: seen.allowed, expected: limit, seen: seen.last });
    yield refusal('refused', { reply: seen.last, status: 429, code: 'rate_limited' });
    yield retryAfter(seen.last);
  },
});

function retryAfter(reply: Exchange): Fact {
  const value = header(reply, 'retry-after');
  const held = value !== undefined && /^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= 60;
  return holds('retry-after', { actual: value, expected: 'whole seconds from 1 to 60', held, seen: reply });
}
