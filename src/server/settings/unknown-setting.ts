/** A key no setting has; `nearest` is the most similar one there is. */
export class UnknownSetting extends Error {
  readonly key: string;
  readonly nearest: string;

  constructor(key: string, nearest: string) {
    super(`unknown setting "${key}"; the nearest is "${nearest}"`);
    this.name = 'UnknownSetting';
    this.key = key;
    this.nearest = nearest;
  }
}

/** The candidate that needs the fewest edits to become `key`. */
export function nearestKey(key: string, candidates: readonly string[]): string {
  const scored = candidates.map((candidate) => ({ candidate, distance: editDistance(key, candidate) }));
  return scored.reduce((best, one) => (one.distance < best.distance ? one : best)).candidate;
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
