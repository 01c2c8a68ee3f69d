import type { Clock } from '../model/probes.ts';

export interface TimeLimit {
  readonly signal: AbortSignal;
  /** The clock whose waits do not count. */
  readonly clock: Clock;
  end(): void;
}

/** Aborts when a check has worked longer than `limitMs`, or when the run is stopped. Sitting out a limiter window is not work. */
export function startTimeLimit(limitMs: number, clock: Clock, stop: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let left = limitMs;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const expire = (): void => controller.abort(`time limit of ${limitMs / 1000} s reached`);
  const resume = (): void => {
    since = performance.now();
    timer = setTimeout(expire, left);
  };
  const pause = (): void => {
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  const onStop = (): void => controller.abort(stop.reason);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  resume();
  return {
    signal: controller.signal,
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      async wait(ms) {
        pause();
        try {
          await clock.wait(ms);
        } finally {
          resume();
        }
      },
    },
    end() {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
    },
  };
}
