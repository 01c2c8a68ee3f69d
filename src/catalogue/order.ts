import type { CheckMeta } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import { prerequisites } from '../model/prerequisites.ts';

/**
 * `after` names checks that exist; no check waits, by however many steps, for itself, whether it says so or a guard of
 * what it needs does; and what must be first comes after nothing else.
 */
export function refuseBrokenOrder(checks: readonly CheckMeta[]): void {
  const byId = new Map(checks.map((check) => [check.id, check]));
  for (const check of checks) {
    for (const id of check.after ?? []) {
      const before = byId.get(id);
      if (before === undefined) throw broken(check, `comes after ${id}, which does not exist`);
    }
    const before = check.first ? prerequisites(check, checks).find((id) => !byId.get(id)?.first) : undefined;
    if (before !== undefined) throw broken(check, `is to be first and comes after ${before}`, 'first');
    if (reaches(check.id, check, { checks, byId })) throw broken(check, 'comes after itself');
  }
}

interface Known {
  readonly checks: readonly CheckMeta[];
  readonly byId: ReadonlyMap<string, CheckMeta>;
}

function reaches(goal: string, from: CheckMeta, known: Known, seen: Set<string> = new Set()): boolean {
  return prerequisites(from, known.checks).some((id) => {
    if (id === goal) return true;
    const next = known.byId.get(id);
    if (!next || seen.has(id)) return false;
    seen.add(id);
    return reaches(goal, next, known, seen);
  });
}

function broken(check: CheckMeta, why: string, key: 'after' | 'first' = 'after'): UsageError {
  return new UsageError('broken-order', `the check ${check.id} ${why}`, {
    where: { source: check.id, key },
    hint: 'emcp list',
  });
}
