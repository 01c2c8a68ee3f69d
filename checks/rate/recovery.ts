import {
  BURST_METHOD,
  burst,
  defineCheck,
  header,
  holds,
  inconclusive,
  isLimited,
  notApplicable,
  sendInto,
  type Exchange,
} from '../../src/kit/index.ts';

// §2.3 in figures: a window lasts a minute, so Retry-After is 60 at most (contract §5).
const LONGEST_WAIT_S = 60;

export default defineCheck({
  id: 'rate/recovery',
  title: 'A limited caller is let in again when Retry-After says so, and not long before',
  proves: 'A client that honours Retry-After recovers by itself, and one that does not gains nothing.',
  remedy: 'Compare the clocks of the web nodes and whether they share one cache store.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'CONTRACT 5', 'RFC 9110 10.2.3'],
  severity: 'must',
  impact: 'load',
  requests: ({ rate }) => ({ [BURST_METHOD]: rate.perMinute === 'unlimited' ? 0 : rate.perMinute }),
  needs: ['mcp', 'token'],
  optional: ['mint'],
  after: ['rate/threshold'],
  waits: LONGEST_WAIT_S + 2,
  timeLimit: 130_000,

  async *run(context) {
    const limit = context.expect.rate.perMinute;
    if (limit === 'unlimited') {
      yield notApplicable('the profile promises no rate limit');
      return;
    }
    const { bucket, last } = await burst(context, 2 * limit + 1);
    const seconds = retryAfterOf(last);
    if (seconds === undefined) {
      yield inconclusive('no 429 with a usable Retry-After to wait for; see rate/threshold');
      return;
    }
    // A healthy runtime may let a caller in up to a second early, so half of the time is what is asked for.
    const half = Math.floor((seconds * 1000) / 2);
    await context.clock.wait(half);
    const early = await sendInto(context, bucket);
    yield holds('still-limited', {
      actual: early.status,
      expected: '429 at half of the time',
      held: isLimited(early),
      seen: early,
    });
    await context.clock.wait(seconds * 1000 - half + 1000);
    const late = await sendInto(context, bucket);
    yield holds('let-in-again', {
      actual: late.status,
      expected: 'an answer that is not 429, one second after Retry-After',
      held: !isLimited(late) && late.status < 500,
      seen: late,
    });
  },
});

function retryAfterOf(reply: Exchange): number | undefined {
  const seconds = Number(header(reply, 'retry-after') ?? Number.NaN);
  return isLimited(reply) && Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_WAIT_S
    ? seconds
    : undefined;
}
