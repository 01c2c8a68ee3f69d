import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../model/probes.ts';

/** Time as it passes; a wait ends early when the signal is aborted. */
export function realClock(signal: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async wait(ms) {
      await pause(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
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
