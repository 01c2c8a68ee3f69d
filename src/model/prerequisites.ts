import type { CheckMeta } from './check.ts';

/** Declared prerequisites, and the guards of every capability the check needs (but not those that come after it). */
export function prerequisites(
  check: CheckMeta,
  checks: readonly CheckMeta[],
  among?: ReadonlySet<string>,
): readonly string[] {
  const guards = checks.filter(
    (guard) =>
      guard.id !== check.id &&
      !(guard.after ?? []).includes(check.id) &&
      (guard.guards ?? []).some((capability) => check.needs.includes(capability)) &&
      !isGuardOfSame(check, guard),
  );
  const ids = new Set([...(check.after ?? []), ...guards.map((guard) => guard.id)]);
  return [...ids].filter((id) => among?.has(id) ?? true).toSorted();
}

/** Two guards would wait for each other; the one that guards less comes first. */
function isGuardOfSame(check: CheckMeta, guard: CheckMeta): boolean {
  return (check.guards ?? []).some((capability) => guard.needs.includes(capability));
}
