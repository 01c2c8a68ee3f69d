import type { Lane, PlannedEntry } from '../model/plan.ts';

const LANES: readonly Lane[] = ['first', 'read', 'write', 'load'];

export interface LaneRules {
  /** Nothing one check does can be seen by another: all lanes at once. */
  readonly isolated: boolean;
  readonly concurrency: number;
}

/**
 * Runs entries lane after lane: those that must be first, then reads concurrently, writes and bursts one by one. An
 * entry starts when all it comes after have ended, so that it runs in the lane of the last of them at the earliest;
 * prerequisites never wait for a slot their dependants hold.
 */
export async function runLanes(
  entries: readonly PlannedEntry[],
  rules: LaneRules,
  runEntry: (entry: PlannedEntry) => Promise<void>,
): Promise<void> {
  if (rules.isolated) {
    await runConcurrently(entries, rules.concurrency, runEntry);
    return;
  }
  const laneOf = lanesOf(entries);
  for (const lane of LANES) {
    const concurrency = lane === 'write' || lane === 'load' ? 1 : rules.concurrency;
    const own = entries.filter((entry) => laneOf.get(entry.check.id) === lane);
    await runConcurrently(own, concurrency, runEntry);
  }
}

/** The lane each entry runs in: its own, or the last one among those it comes after. */
function lanesOf(entries: readonly PlannedEntry[]): ReadonlyMap<string, Lane> {
  const byId = new Map(entries.map((entry) => [entry.check.id, entry]));
  const ranks = new Map<string, number>();
  const rankOf = (entry: PlannedEntry): number => {
    const known = ranks.get(entry.check.id);
    if (known !== undefined) return known;
    // Known at once, so that a ring of `after` ends here.
    ranks.set(entry.check.id, LANES.indexOf(entry.lane));
    const before = entry.after.flatMap((id) => byId.get(id) ?? []).map(rankOf);
    const rank = Math.max(LANES.indexOf(entry.lane), ...before);
    ranks.set(entry.check.id, rank);
    return rank;
  };
  return new Map(entries.map((entry) => [entry.check.id, LANES[rankOf(entry)] ?? entry.lane]));
}

async function runConcurrently(
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
