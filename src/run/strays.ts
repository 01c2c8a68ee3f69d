import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<AbortController>();
let others: Promise<never> | undefined;

/** What the work throws where nobody waits for it, in a timer or a forgotten promise, aborts `stray` with that error. */
export function blaming<Value>(stray: AbortController, work: () => Promise<Value>): Promise<Value> {
  return running.run(stray, work);
}

/**
 * Listens for such errors from now on, as they come when they like, also after the run. Rejects with one that is no
 * check's, so that the run ends with it.
 */
export function strayErrors(): Promise<never> {
  others ??= new Promise((_resolve, reject) => {
    const blame = (error: unknown): void => {
      const stray = running.getStore();
      if (stray === undefined) reject(error);
      else stray.abort(error);
    };
    process.on('uncaughtException', blame).on('unhandledRejection', blame);
  });
  others.catch(() => undefined);
  return others;
}
