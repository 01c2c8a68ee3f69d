import { setTimeout as pause } from 'node:timers/promises';
import { LONGEST_TIMER_MS, type Clock } from '../model/probes.ts';
import type { Codec, Recorder } from '../journal/recorder.ts';

/** Time as it passes; a wait ends early when the signal is aborted. */
export function realClock(signal: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async wait(ms) {
      if (Number.isNaN(ms)) throw new RangeError('a wait takes a number of milliseconds');
      await pause(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal }).catch(() => signal.throwIfAborted());
    },
  };
}

/** Time as it passes, plus all that was waited for, at once: the clock of a target that owns its time. */
export function ownedClock(): Clock {
  let waited = 0;
  return {
    now: () => Date.now() + waited,
    monotonic: () => performance.now(),
    async wait(ms) {
      waited += ms;
    },
  };
}

/** The same clock, of which every reading and wait is recorded. */
export function recordedClock(clock: Clock, recorder: Recorder): Clock {
  const reading = (read: 'now' | 'monotonic'): number =>
    recorder.recordNow(clockCodec, { request: { read } }, () => clock[read]());
  return {
    now: () => reading('now'),
    monotonic: () => reading('monotonic'),
    async wait(ms) {
      const waitMs = Math.min(ms, LONGEST_TIMER_MS);
      await recorder.record(clockCodec, { request: { waitMs } }, async () => {
        await clock.wait(ms);
        return waitMs;
      });
    },
  };
}

const clockCodec: Codec<'clock', number> = {
  kind: 'clock',
  keep: (valueMs) => ({ valueMs }),
  read: ({ valueMs }) => valueMs,
};
