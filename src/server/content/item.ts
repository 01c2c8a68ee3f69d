import type { Row, SqlValue } from '../database.ts';
import type { Json, JsonObject } from '../tools/tool.ts';
import type { TvColumns } from './tv-columns.ts';

/** A document as the tools show it: the body fields stay inside. */
export function documentItem(row: Row, tvs: TvColumns): JsonObject {
  const item = {
    ...plain(row, ['id', 'parent', 'pagetitle', 'longtitle', 'description', 'alias', 'published', 'deleted']),
    hidemenu: Boolean(row['hidemenu']),
    ...plain(row, ['menuindex', 'template']),
    createdon: isoTime(row['createdon']),
    editedon: isoTime(row['editedon']),
    ...plain(row, ['pub_date', 'unpub_date', 'isfolder', 'type']),
  };
  return tvs.names.length === 0 ? item : { ...item, tvs: tvValues(row, tvs) };
}

/** The named columns of a row; a column the table does not have is null. */
export function plain(row: Row, columns: readonly string[]): JsonObject {
  return Object.fromEntries(columns.map((column) => [column, jsonOf(row[column])]));
}

function tvValues(row: Row, { names, known }: TvColumns): JsonObject {
  const columns = new Set(known.map(({ name }) => name));
  return Object.fromEntries(names.map((name) => [name, columns.has(name) ? jsonOf(row[name]) : null]));
}

/** The model turns these two epochs into dates, which the framework writes with microseconds. */
function isoTime(seconds: SqlValue | undefined): string | null {
  if (seconds === null || seconds === undefined) return null;
  return new Date(Number(seconds) * 1000).toISOString().replace('Z', '000Z');
}

function jsonOf(value: SqlValue | undefined): Json {
  if (typeof value === 'bigint') return Number(value);
  return value === undefined || value instanceof Uint8Array ? null : value;
}
