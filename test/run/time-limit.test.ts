import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../src/model/probes.ts';
import { startTimeLimit } from '../../src/run/time-limit.ts';

const clock: Clock = {
  now: () => 0,
  monotonic: () => performance.now(),
  wait: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};
const never = (): AbortSignal => new AbortController().signal;

describe('the time limit of a check', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('does not count waits, however many are under way at once', async () => {
    const limit = startTimeLimit(60, never());
    const own = limit.pausing(clock);
    const waits = Promise.all([own.wait(80), own.wait(100), own.wait(90)]);
    await vi.advanceTimersByTimeAsync(100);
    await waits;
    expect(limit.stoppedBy()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60);
    expect(limit.stoppedBy()).toBe('time limit of 0.06 s reached');
    expect(limit.signal.aborted).toBe(true);
  });

  it('takes its time again after the last wait, not after the first', async () => {
    const limit = startTimeLimit(40, never());
    const own = limit.pausing(clock);
    void own.wait(120);
    void own.wait(10);
    await vi.advanceTimersByTimeAsync(120);
    expect(limit.stoppedBy()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(39);
    expect(limit.stoppedBy()).toBeUndefined();
    limit.end();
  });

  it('ends what was handed out, without a reason to be blocked', () => {
    const limit = startTimeLimit(1000, never());
    limit.end();
    expect([limit.signal.aborted, limit.stoppedBy()]).toEqual([true, undefined]);
  });

  it('stops with the run, also where that was stopped before', () => {
    const stop = new AbortController();
    stop.abort('interrupted by SIGINT');
    expect(startTimeLimit(1000, stop.signal).stoppedBy()).toBe('interrupted by SIGINT');
  });
});
