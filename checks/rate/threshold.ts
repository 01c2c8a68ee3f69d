import {
  burst,
  burstElsewhere,
  burstShared,
  defineCheck,
  equals,
  header,
  holds,
  limitOf,
  refusal,
  unclearBurst,
  whereLimited,
  type Exchange,
  type Seeing,
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
  requests: (expect, facts) => burstShared(limitOf(expect, 'perMinute'), facts),
  otherRequests: (expect, facts) => ({
    ...burstShared(1, facts),
    ...burstElsewhere(limitOf(expect, 'perMinute') + 1, facts),
  }),
  needs: ['mcp', 'token'],
  optional: ['mint'],
  timeLimitMs: 130_000,
  applies: whereLimited(),

  async *run(context) {
    const limit = limitOf(context.expect, 'perMinute');
    const seen = await burst(context, limit + 1);
    const unclear = unclearBurst('allowed', seen, limit);
    if (unclear !== undefined) {
      yield unclear;
      return;
    }
    yield equals('allowed', { actual: seen.allowed, expected: limit, seen: seen.last });
    yield refusal('refused', { reply: seen.last, status: 429, code: 'rate_limited' });
    yield retryAfter(seen.last);
  },
});

function retryAfter(reply: Exchange): Seeing {
  const value = header(reply, 'retry-after');
  const held = value !== undefined && /^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= 60;
  return holds('retry-after', { actual: value, expected: 'whole seconds from 1 to 60', held, seen: reply });
}
