import type { Clock } from '../model/probes.ts';

export interface TimeLimit {
  /** Aborted when the limit is reached, when the run is stopped, and at the end. */
  readonly signal: AbortSignal;
  /** Why the work was stopped before its end. */
  readonly stoppedBy: () => string | undefined;
  /** The same clock, whose waits do not count. */
  pausing(clock: Clock): Clock;
  /** Aborts the signal, so that nothing is sent any more. */
  end(): void;
}

/**
 * Stops a check that has worked longer than `limitMs`, or when the run is stopped. Waiting by the clock is not work,
 * however many waits are under way at once.
 */
export function startTimeLimit(limitMs: number, stop: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let stoppedBy: string | undefined;
  let leftMs = limitMs;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let waiting = 0;
  const abort = (reason: string): void => {
    stoppedBy ??= reason;
    clearTimeout(timer);
    controller.abort(reason);
  };
  const resume = (): void => {
    since = performance.now();
    timer = setTimeout(() => abort(`time limit of ${limitMs / 1000} s reached`), leftMs);
  };
  const onStop = (): void => abort(String(stop.reason));
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  else resume();

  async function wait(clock: Clock, ms: number): Promise<void> {
    if (waiting === 0) {
      clearTimeout(timer);
      leftMs -= performance.now() - since;
    }
    waiting += 1;
    try {
      await clock.wait(ms);
    } finally {
      waiting -= 1;
      if (waiting === 0 && !controller.signal.aborted) resume();
    }
  }

  return {
    signal: controller.signal,
    stoppedBy: () => stoppedBy,
    pausing: (clock) => ({
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      wait: (ms) => wait(clock, ms),
    }),
    end() {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
      controller.abort('the check is over');
    },
  };
}
