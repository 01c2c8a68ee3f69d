import type { PlannedEntry } from '../model/plan.ts';

const LANES = ['first', 'read', 'write', 'load'] as const;

export interface LaneRules {
  /** Nothing one check does can be seen by another: all lanes at once. */
  readonly isolated: boolean;
  readonly concurrency: number;
}

/**
 * Runs entries lane after lane: those that must be first, then reads side by side, writes and bursts one by one. An entry starts when all it comes
 * after have ended; prerequisites never wait for a slot their dependants hold.
 */
export async function runLanes(
  entries: readonly PlannedEntry[],
  rules: LaneRules,
  runEntry: (entry: PlannedEntry) => Promise<void>,
): Promise<void> {
  if (rules.isolated) {
    await runSideBySide(entries, rules.concurrency, runEntry);
    return;
  }
  for (const lane of LANES) {
    const concurrency = lane === 'write' || lane === 'load' ? 1 : rules.concurrency;
    await runSideBySide(
      entries.filter((entry) => entry.lane === lane),
      concurrency,
      runEntry,
    );
  }
}

async function runSideBySide(
  entries: readonly PlannedEntry[],
  concurrency: number,
  runEntry: (entry: PlannedEntry) => Promise<void>,
): Promise<void> {
  const waiting = new Set(entries);
  const unfinished = new Set(entries.map((entry) => entry.check.id));
  const running = new Set<Promise<void>>();
  while (waiting.size > 0) {
    const ready = [...waiting].filter((entry) => entry.after.every((id) => !unfinished.has(id)));
    // A ring of `after` cannot wait for itself; the catalogue refuses one, so this is only a second fence.
    const next = ready.length === 0 && running.size === 0 ? [...waiting].slice(0, 1) : ready;
    for (const entry of next.slice(0, concurrency - running.size)) {
      waiting.delete(entry);
      const work = runEntry(entry).finally(() => {
        unfinished.delete(entry.check.id);
        running.delete(work);
      });
      running.add(work);
    }
    await Promise.race(running);
  }
  await Promise.all(running);
}
