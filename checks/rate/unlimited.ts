import { burst, defineCheck, equals, notApplicable } from '../../src/kit/index.ts';

/** More than any shipped limit, and still no load to speak of. */
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
  requests: {},
  needs: ['mcp', 'token'],
  optional: ['mint'],
  timeLimit: 130_000,

  async *run(context) {
    if (context.expect.rate.perMinute !== 'unlimited') {
      yield notApplicable('the profile promises a rate limit; see rate/threshold');
      return;
    }
    const { allowed, last } = await burst(context, MANY);
    yield equals('never-limited', { actual: allowed, expected: MANY, seen: last });
  },
});
