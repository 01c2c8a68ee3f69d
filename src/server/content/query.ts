import type { Database, Row } from '../database.ts';
import type { Condition } from './condition.ts';
import { tvGroups, tvJoins, tvSelects } from './tv-columns.ts';
import type { TvColumns } from './tv-columns.ts';

/** One SELECT over the documents, as the CMS's SiteContent model would build it. */
export interface DocumentQuery {
  /** Where the answer's columns come from: `t2` when the root tree joins the table to itself. */
  readonly table: 'site_content' | 't2';
  readonly joins: readonly string[];
  readonly where: readonly Condition[];
  readonly order: readonly string[];
  readonly tvs: TvColumns;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

const NOT_DELETED: Condition = { sql: 'site_content.deleted = 0', values: [] };

/** Deleted documents never come out: the model's global scope is on every query. */
export function findDocuments(site: Database, query: DocumentQuery, page: Page): Row[] {
  const { table, tvs } = query;
  const where = [NOT_DELETED, ...query.where];
  const groups = tvGroups(tvs, table);
  const sql = [
    `SELECT ${[`${table}.*`, ...tvSelects(tvs)].join(', ')} FROM site_content`,
    ...query.joins,
    ...tvJoins(tvs, table),
    `WHERE ${where.map((condition) => condition.sql).join(' AND ')}`,
    ...(groups.length > 0 ? [`GROUP BY ${groups.join(', ')}`] : []),
    ...(query.order.length > 0 ? [`ORDER BY ${query.order.join(', ')}`] : []),
    `LIMIT ${page.limit} OFFSET ${page.offset}`,
  ].join(' ');
  return site.prepare(sql).all(...where.flatMap((condition) => condition.values));
}
