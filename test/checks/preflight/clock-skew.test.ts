import { expect, it } from 'vitest';
import check from '../../../checks/preflight/clock-skew.ts';
import type { Target } from '../../../src/model/target.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { trial } from '../../support/trial.ts';

describeCheck(check);

/** A clock on which an answer takes so many seconds; the target writes its date at once. */
function answeringAfter(seconds: number, ahead = 0) {
  return (target: Target): Target => ({
    ...target,
    async lease(request) {
      const lease = await target.lease(request);
      let reads = 0;
      const now = (): number => lease.clock.now() + (ahead + seconds * reads++) * 1000;
      return { ...lease, clock: { ...lease.clock, now }, release: () => lease.release() };
    },
  });
}

it('takes a slow answer for no skew', async () => {
  expect((await trial(check, { through: answeringAfter(45) })).status).toBe('pass');
});

it('sees a skew behind a slow answer, too', async () => {
  expect((await trial(check, { through: answeringAfter(5, 40) })).status).toBe('warn');
});
