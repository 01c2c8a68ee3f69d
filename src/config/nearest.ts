/** The known name that is fewest edits away, if it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.name : undefined;
}

/** Levenshtein's distance, two letters that changed places being one edit; one row at a time. */
function editDistance(from: string, to: string): number {
  const [chars, others] = [Array.from(from), Array.from(to)];
  let before: readonly number[] = [];
  let row = Array.from({ length: others.length + 1 }, (_, index) => index);
  for (const [i, char] of chars.entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries()) {
      const replaced = (row[j] ?? 0) + (char === other ? 0 : 1);
      const changedPlaces = j > 0 && char === others[j - 1] && chars[i - 1] === other;
      const turned = changedPlaces ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, turned, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
