import {
  burst,
  burstElsewhere,
  burstShared,
  defineCheck,
  header,
  holds,
  isLimited,
  limitOf,
  notFilled,
  sendInto,
  wasLetIn,
  whereLimited,
  type Exchange,
} from '../../src/kit/index.ts';

// §2.3 in figures: a window lasts a minute, so Retry-After is 60 at most (contract §5).
const LONGEST_WAIT_S = 60;
/** The request over the limit, one at half of the time, one after it. */
const REFUSED_OR_LATER = 3;

export default defineCheck({
  id: 'rate/recovery',
  title: 'A limited caller is let in again when Retry-After says so, and not long before',
  proves: 'A client that honours Retry-After recovers by itself, and one that does not gains nothing.',
  remedy: 'Compare the clocks of the web nodes and whether they share one cache store.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'CONTRACT 5', 'RFC 9110 10.2.3'],
  severity: 'must',
  impact: 'load',
  requests: (expect, facts) => burstShared(limitOf(expect, 'perMinute'), facts),
  otherRequests: (expect, facts) => ({
    // What is refused, and what comes after the window, does not count in it.
    ...burstShared(REFUSED_OR_LATER, facts),
    ...burstElsewhere(limitOf(expect, 'perMinute') + REFUSED_OR_LATER, facts),
  }),
  needs: ['mcp', 'token'],
  optional: ['mint'],
  after: ['rate/threshold'],
  waitsSeconds: LONGEST_WAIT_S + 2,
  timeLimitMs: 130_000,
  applies: whereLimited(),

  async *run(context) {
    const limit = limitOf(context.expect, 'perMinute');
    const { bucket, last } = await burst(context, limit + 1);
    const seconds = retryAfterOf(last);
    if (seconds === undefined) {
      yield notFilled('still-limited', last, 'rate/threshold');
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
      expected: 'an answer of eMCP that is not 401, 403 or 429, one second after Retry-After',
      held: wasLetIn(late),
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
