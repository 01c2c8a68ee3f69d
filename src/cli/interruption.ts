import type { Io, Signal } from './io.ts';

/** Says whether a signal wants the work to end, and which came first. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly by: () => Signal | null;
  /** Listens no longer. */
  readonly end: () => void;
}

export function listenForInterruption(io: Io): Interruption {
  const stop = new AbortController();
  let first: Signal | null = null;
  const end = io.onSignal((signal) => {
    first ??= signal;
    stop.abort(`interrupted by ${signal}`);
  });
  return { signal: stop.signal, by: () => first, end };
}
