import type { CheckMeta } from '../model/check.ts';

export function bySectionThenId(left: CheckMeta, right: CheckMeta): number {
  return compareSections(left.section, right.section) || (left.id < right.id ? -1 : 1);
}

/** `2.10` comes after `2.9`. */
function compareSections(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
