import { readDatabaseUrl, type ServerUrl, type SqliteFile } from '../model/database-url.ts';
import { UsageError } from '../model/errors.ts';
import type { Redactor } from '../model/redaction.ts';
import type { Sqlite } from './database-sqlite.ts';

export type DatabaseUrl =
  | ServerUrl
  | SqliteFile
  /** One this process has open already. */
  | { readonly kind: 'opened'; readonly database: Sqlite };

/** The database that is meant; its password is made known to the redactor before anything else. */
export function parseDatabaseUrl(text: string, redactor: Redactor): DatabaseUrl {
  const url = readDatabaseUrl(text);
  if (url.kind === 'unusable') throw new UsageError('database-url', url.why);
  if (url.kind !== 'sqlite') redactor.learn(url.password, 'database password');
  return url;
}

/** The database in a few words, without a credential. */
export function databaseLabel(url: DatabaseUrl): string {
  if (url.kind === 'opened') return 'the embedded database';
  if (url.kind === 'sqlite') return `sqlite ${url.file}`;
  return `${url.kind} ${url.socket ?? `${url.host}:${url.port}`}/${url.database}`;
}
