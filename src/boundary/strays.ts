import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';

const underWay = new Set<AbortController>();
let running: AsyncLocalStorage<AbortController> | undefined;
let others: Promise<never> | undefined;

/** What the work throws where nobody waits for it, in a timer or a forgotten promise, aborts `stray` with that error. */
export async function blaming<Value>(stray: AbortController, work: () => Promise<Value>): Promise<Value> {
  underWay.add(stray);
  try {
    return await (running === undefined ? work() : running.run(stray, work));
  } finally {
    underWay.delete(stray);
  }
}

/** Resolves when what work let fail where nobody waits was told: after this turn, and where it is traced after timers that are due. */
export async function straysTold(): Promise<void> {
  if (running !== undefined) await setTimeout(1);
  await setImmediate();
}

/** From now on such an error is traced to the work it is of, which costs every promise a little; else all are blamed. */
export function traceStrays(): void {
  running ??= new AsyncLocalStorage();
  void strayErrors();
}

/**
 * Listens for such errors from now on, as they come when they like, also after the work. Rejects with one that comes
 * from nowhere, so that the run ends with it.
 */
export function strayErrors(): Promise<never> {
  others ??= new Promise((_resolve, reject) => {
    const blame = (error: unknown): void => {
      const own = running?.getStore();
      const blamed = own === undefined ? [...underWay] : [own];
      if (blamed.length === 0) reject(error);
      for (const stray of blamed) stray.abort(error);
    };
    process.on('uncaughtException', blame).on('unhandledRejection', blame);
  });
  others.catch(() => undefined);
  return others;
}
