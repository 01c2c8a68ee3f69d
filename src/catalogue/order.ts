import type { CheckMeta } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';

/** `after` names checks that exist, and no check waits, by however many steps, for itself. */
export function refuseBrokenOrder(checks: readonly CheckMeta[]): void {
  const byId = new Map(checks.map((check) => [check.id, check]));
  for (const check of checks) {
    for (const id of check.after ?? []) {
      if (!byId.has(id)) throw broken(check, `comes after ${id}, which does not exist`);
    }
    if (reaches(check.id, check, byId)) throw broken(check, 'comes after itself');
  }
}

function reaches(
  goal: string,
  from: CheckMeta,
  byId: ReadonlyMap<string, CheckMeta>,
  seen: Set<string> = new Set(),
): boolean {
  return (from.after ?? []).some((id) => {
    if (id === goal) return true;
    const next = byId.get(id);
    if (!next || seen.has(id)) return false;
    seen.add(id);
    return reaches(goal, next, byId, seen);
  });
}

function broken(check: CheckMeta, why: string): UsageError {
  return new UsageError('broken-order', `the check ${check.id} ${why}`, {
    where: { source: check.id, key: 'after' },
    hint: 'emcp list',
  });
}
