import { describeThrown } from '../model/errors.ts';

/** The reason a signal was aborted for, as an error. */
class Stopped extends Error {
  constructor(reason: unknown) {
    super(typeof reason === 'string' ? reason : describeThrown(reason).reason);
    this.name = 'Stopped';
  }
}

/** Settles as the work does, or rejects with `Stopped` as soon as the signal is aborted, whatever the work is waiting for. */
export async function raceAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) {
    work.catch(() => undefined);
    throw new Stopped(signal.reason);
  }
  let onAbort: () => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = (): void => reject(new Stopped(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Resolves when the work settles or the deadline passes; how it settled does not matter any more. */
export async function settleWithin(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.then(noop, noop), deadline]);
  clearTimeout(timer);
}

function noop(): void {}
