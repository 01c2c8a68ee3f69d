/** Where two answers part, with both values. */
export interface Difference {
  readonly path: string;
  readonly recorded: unknown;
  readonly ours: unknown;
}

/** Whether two leaves count as equal. */
export type Same = (path: string, recorded: unknown, ours: unknown) => boolean;

const ABSENT = '(absent)';

/** Every leaf in which two JSON values differ; objects by key, lists by position, absent told from null. */
export function differencesOf(
  path: string,
  recorded: unknown,
  ours: unknown,
  same: Same = isIdentical,
): readonly Difference[] {
  if (isObject(recorded) && isObject(ours)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])];
    return keys.flatMap((key) => differencesOf(`${path}.${key}`, present(recorded, key), present(ours, key), same));
  }
  if (isList(recorded) && isList(ours)) return differencesOf(path, byIndex(recorded), byIndex(ours), same);
  return same(path, recorded, ours) ? [] : [{ path, recorded, ours }];
}

function isIdentical(_: string, recorded: unknown, ours: unknown): boolean {
  if (isObject(recorded) || isObject(ours) || isList(recorded) || isList(ours)) return false;
  return Object.is(recorded, ours);
}

function present(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : ABSENT;
}

function byIndex(list: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(list.map((item, index) => [String(index), item]));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
