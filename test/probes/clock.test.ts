import { expect, it } from 'vitest';
import { realClock } from '../../src/probes/clock.ts';

it.each([1e12, Infinity])('waits as long as it can where it is to wait %d ms', async (ms) => {
  const stop = AbortSignal.timeout(30);
  await expect(realClock(stop).wait(ms)).rejects.toMatchObject({ name: 'TimeoutError' });
});

it('waits for a number', async () => {
  await expect(realClock(new AbortController().signal).wait(NaN)).rejects.toThrow(RangeError);
});
