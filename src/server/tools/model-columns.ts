import type { Database } from '../database.ts';
import type { Model } from './models.ts';

/** Gives a public field as SQL. Quoted names SQLite does not know are texts to it, and some models list such fields. */
export function columnsOf(site: Database, { table }: Model): (field: string) => string {
  const rows = site.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  const columns = new Set(rows.map((row) => row['name']));
  return (field) => (columns.has(field) ? `"${field}"` : `'${field}'`);
}
