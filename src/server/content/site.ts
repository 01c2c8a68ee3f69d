import { openDatabase } from '../database.ts';
import type { Database } from '../database.ts';

type SiteValue = null | number | string;
type SiteRow = Readonly<Record<string, SiteValue>>;

/** The CMS tables behind the answers, by table name, each a list of rows. */
export type SiteTables = Readonly<Record<string, readonly SiteRow[]>>;

/** Opens an in-memory database that holds the given CMS tables. */
export async function openSite(tables: SiteTables): Promise<Database> {
  const site = await openDatabase(':memory:');
  site.exec('BEGIN');
  for (const [table, rows] of Object.entries(tables)) load(site, table, rows);
  site.exec('COMMIT');
  return site;
}

function load(site: Database, table: string, rows: readonly SiteRow[]): void {
  const named = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = named.size === 0 ? ['id'] : [...named];
  const declared = columns.map((column) => `${quoted(column)} ${typeOf(column, rows)}`);
  site.exec(`CREATE TABLE ${quoted(table)} (${declared.join(', ')})`);
  const insert = site.prepare(`INSERT INTO ${quoted(table)} VALUES (${columns.map(() => '?').join(', ')})`);
  for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null));
}

/** The type decides how SQLite compares: a numeric column takes '7' for 7, a text column takes 7 for '7'. */
function typeOf(column: string, rows: readonly SiteRow[]): string {
  if (column === 'id') return 'INTEGER PRIMARY KEY';
  return rows.some((row) => typeof row[column] === 'number') ? 'INTEGER' : 'TEXT';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
