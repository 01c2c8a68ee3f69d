/** When queued tasks are run: by a command only, by themselves soon after they are queued, or never. */
export type WorkerMode = 'manual' | 'auto' | 'off';

export interface Schedule {
  /** Says that a task may be waiting. */
  readonly wake: () => void;
  /** Starts no further pass and waits for the one under way. */
  readonly stop: () => Promise<void>;
}

/** Runs `pass` after each wake, one pass at a time; in the modes other than `auto`, never. */
export function createSchedule(mode: WorkerMode, pass: () => Promise<void>): Schedule {
  let stopped = mode !== 'auto';
  let awake = false;
  let running = Promise.resolve();
  async function follow(previous: Promise<void>): Promise<void> {
    await previous;
    await nextTurn();
    awake = false;
    if (!stopped) {
      await pass();
    }
  }
  return {
    wake() {
      if (!stopped && !awake) {
        awake = true;
        running = follow(running);
      }
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

// The answer that queued the task leaves first.
async function nextTurn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
