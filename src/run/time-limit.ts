import { LONGEST_TIMER_MS, type Clock } from '../model/probes.ts';

export interface TimeLimit {
  /** Aborted when the limit is reached, when the run is stopped, and at the end. */
  readonly signal: AbortSignal;
  /** Why the work was stopped before its end. */
  readonly stoppedBy: () => string | undefined;
  /** The same clock, whose waits are paid from what was declared. */
  pausing(clock: Clock): Clock;
  /** Aborts the signal, so that nothing is sent any more. */
  end(): void;
}

export interface Limits {
  /** Milliseconds of work. */
  readonly limitMs: number;
  /** Milliseconds of waiting that are no work. */
  readonly waitsMs: number;
  /** What makes the limit longer, where something does. */
  readonly advice?: string;
}

/**
 * Stops a check that has worked longer than `limitMs`, or when the run is stopped. Waiting by the clock is not work for
 * `waitsMs` in all, however many waits are under way at once, and work from then on.
 */
export function startTimeLimit({ limitMs, waitsMs, advice }: Limits, stop: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let stoppedBy: string | undefined;
  let workLeft = limitMs;
  let waitsLeft = waitsMs;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let waiting = 0;
  const abort = (reason: string): void => {
    stoppedBy ??= reason;
    clearTimeout(timer);
    controller.abort(reason);
  };
  /** Takes what has passed from what is left, the waits first while there is one. */
  const account = (): void => {
    const now = performance.now();
    const free = waiting > 0 ? Math.min(now - since, waitsLeft) : 0;
    waitsLeft -= free;
    workLeft -= now - since - free;
    since = now;
  };
  /** Stops it when nothing is left, now or then. */
  const arm = (): void => {
    clearTimeout(timer);
    if (controller.signal.aborted) return;
    const left = workLeft + (waiting > 0 ? waitsLeft : 0);
    if (left <= 0) onReached();
    else timer = setTimeout(onReached, Math.min(left, LONGEST_TIMER_MS));
  };
  const onReached = (): void => {
    const beyond = waiting > 0 ? `, waiting longer than the ${waitsMs / 1000} s it may` : '';
    abort([`time limit of ${limitMs / 1000} s reached${beyond}`, advice].filter(Boolean).join('; '));
  };
  const onStop = (): void => abort(String(stop.reason));
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  else arm();

  async function wait(clock: Clock, ms: number): Promise<void> {
    turn(1);
    try {
      // Also where waits pass at once, so that waiting again and again comes to an end.
      controller.signal.throwIfAborted();
      await clock.wait(ms);
    } finally {
      turn(-1);
    }
  }
  function turn(by: 1 | -1): void {
    account();
    waiting += by;
    arm();
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
