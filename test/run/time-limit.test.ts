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

  it('does not count the waits that were declared, however many are under way at once', async () => {
    const limit = startTimeLimit({ limitMs: 60, waitsMs: 100 }, never());
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
    const limit = startTimeLimit({ limitMs: 40, waitsMs: 120 }, never());
    const own = limit.pausing(clock);
    void own.wait(120);
    void own.wait(10);
    await vi.advanceTimersByTimeAsync(120);
    expect(limit.stoppedBy()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(39);
    expect(limit.stoppedBy()).toBeUndefined();
    limit.end();
  });

  it.each([
    ['beside its work', 0, [1e9]],
    ['longer than it declares', 30, [1e9]],
    ['again and again', 30, Array.from({ length: 9 }, () => 10)],
  ])('is hard for a check that waits %s', async (_name, waitsMs, pauses) => {
    const limit = startTimeLimit({ limitMs: 40, waitsMs }, never());
    const own = limit.pausing(clock);
    const waited = pauses.reduce((before, ms) => before.then(() => own.wait(ms)), Promise.resolve());
    waited.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(40 + waitsMs - 1);
    expect(limit.stoppedBy()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(limit.stoppedBy()).toBe(`time limit of 0.04 s reached, waiting longer than the ${waitsMs / 1000} s it may`);
  });

  it('is hard where waits pass at once, too', async () => {
    const limit = startTimeLimit({ limitMs: 40, waitsMs: 30 }, never());
    const own = limit.pausing({ ...clock, wait: async () => void vi.advanceTimersByTime(7) });
    const forever = async (): Promise<never> => {
      for (;;) await own.wait(1e6);
    };
    await expect(forever()).rejects.toContain('time limit of 0.04 s reached');
  });

  it('holds for declarations longer than a timer can be set to', async () => {
    const limit = startTimeLimit({ limitMs: 40, waitsMs: 2 ** 40 }, never());
    void limit.pausing(clock).wait(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(limit.stoppedBy()).toBeUndefined();
    limit.end();
  });

  it('is not reached by waits that end after it', async () => {
    const limit = startTimeLimit({ limitMs: 40, waitsMs: 0 }, never());
    void limit.pausing(clock).wait(100);
    limit.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(limit.stoppedBy()).toBeUndefined();
  });

  it('ends what was handed out, without a reason to be blocked', () => {
    const limit = startTimeLimit({ limitMs: 1000, waitsMs: 0 }, never());
    limit.end();
    expect([limit.signal.aborted, limit.stoppedBy()]).toEqual([true, undefined]);
  });

  it('stops with the run, also where that was stopped before', () => {
    const stop = new AbortController();
    stop.abort('interrupted by SIGINT');
    expect(startTimeLimit({ limitMs: 1000, waitsMs: 0 }, stop.signal).stoppedBy()).toBe('interrupted by SIGINT');
  });
});
