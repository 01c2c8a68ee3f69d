import { phpTrim } from '../json/cast.ts';

/** Scope → method patterns, in the order they are tried. */
export type ScopeMap = Readonly<Record<string, readonly string[]>>;

/** Keeps what can be read of a configured map; `undefined` when nothing can. */
export function readScopeMap(value: unknown): ScopeMap | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).flatMap(([scope, methods]) => {
    const patterns = readPatterns(methods);
    return phpTrim(scope) === '' || patterns.length === 0 ? [] : [[phpTrim(scope), patterns] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function readPatterns(methods: unknown): readonly string[] {
  if (!Array.isArray(methods)) return [];
  return methods.flatMap((method) => (typeof method === 'string' && phpTrim(method) !== '' ? [phpTrim(method)] : []));
}
