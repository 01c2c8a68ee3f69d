import type { Database } from '../database.ts';

/** The template variables asked for with the documents; mirrors the model's withTVs scope. */
export interface TvColumns {
  /** Every name asked for, known or not. */
  readonly names: readonly string[];
  readonly known: readonly TvColumn[];
}

interface TvColumn {
  readonly id: number;
  readonly name: string;
  readonly withDefault: boolean;
}

export const NO_TVS: TvColumns = { names: [], known: [] };

/** Looks up `name` or `name:d`; the marker makes the default joinable, it does not put it into the answer. */
export function tvColumns(site: Database, requested: readonly string[]): TvColumns {
  if (requested.length === 0) return NO_TVS;
  const marks = new Map(requested.map((entry) => [entry.replace(/:d$/, ''), entry.endsWith(':d')]));
  const names = [...marks.keys()];
  const rows = site
    .prepare(`SELECT id, name FROM site_tmplvars WHERE name IN (${names.map(() => '?').join(', ')})`)
    .all(...names);
  const known = rows.map((row) => {
    const name = String(row['name']);
    return { id: Number(row['id']), name, withDefault: marks.get(name) === true };
  });
  return { names, known };
}

export function tvJoins(tvs: TvColumns, table: string): string[] {
  return tvs.known.flatMap(({ id, name, withDefault }) => [
    `LEFT JOIN site_tmplvar_contentvalues AS "tv_${name}"` +
      ` ON ${table}.id = "tv_${name}".contentid AND "tv_${name}".tmplvarid = ${id}`,
    ...(withDefault ? [`LEFT JOIN site_tmplvars AS "tvd_${name}" ON "tvd_${name}".id = ${id}`] : []),
  ]);
}

export function tvSelects(tvs: TvColumns): string[] {
  return tvs.known.map(({ name }) => `"tv_${name}".value AS "${name}"`);
}

export function tvGroups(tvs: TvColumns, table: string): string[] {
  return tvs.names.length === 0 ? [] : [...tvs.known.map(({ name }) => `"tv_${name}".value`), `${table}.id`];
}
