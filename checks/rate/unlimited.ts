import {
  burst,
  burstElsewhere,
  burstShared,
  defineCheck,
  equals,
  isLimited,
  unclearBurst,
  whereUnlimited,
} from '../../src/kit/index.ts';

/** More than any shipped limit, also where it falls into two windows of a bucket that others use, and no load to speak of. */
const MANY = 130;

export default defineCheck({
  id: 'rate/unlimited',
  title: 'Without a rate limit nobody is refused with 429',
  proves: 'A deployment that limits elsewhere is not limited twice.',
  remedy: 'Set `rate_limit.enabled: false` or `per_minute: 0`, also in the server entry, which wins.',
  section: '2.3',
  cites: ['runbook:2.3/per-server', 'CONTRACT 1.1', 'H26'],
  severity: 'must',
  impact: 'load',
  requests: (_expect, facts) => burstShared(MANY, facts),
  otherRequests: (_expect, facts) => burstElsewhere(MANY, facts),
  needs: ['mcp', 'token'],
  optional: ['mint'],
  timeLimitMs: 130_000,
  applies: whereUnlimited,

  async *run(context) {
    const seen = await burst(context, MANY);
    // eMCP's own 429 is the failure that is looked for; whatever else ended the burst says nothing.
    const unclear = isLimited(seen.last) ? undefined : unclearBurst('never-limited', seen, 0);
    yield unclear ?? equals('never-limited', { actual: seen.allowed, expected: MANY, seen: seen.last });
  },
});
