import { Blocked, errorCode, Unreachable } from '../model/errors.ts';
import type { FailureKind } from './database-driver.ts';
import { unreachableKindOf } from './http-errors.ts';

const WORDS: Readonly<Record<FailureKind, string>> = {
  credentials: 'the database refuses the user or the password',
  'no-database': 'the server has no such database, or none its user may see',
  'no-table': 'a table is missing',
  denied: 'the user may not read a table of sTask',
  'other-columns': 'a table of sTask has not the columns it should have',
  busy: 'the database is locked or takes no more connections',
  'no-file': 'the database file is not there or cannot be opened',
  'not-a-database': 'the file is no SQLite database',
};

/** What a question that failed comes to; our own mistakes stay what they are. */
export function failureOf(error: unknown, kind: FailureKind | undefined, label: string): unknown {
  if (kind !== undefined) return new Blocked(`${label}: ${WORDS[kind]}`);
  const code = errorCode(error);
  if (code === 'ERR_MODULE_NOT_FOUND') return new Blocked(`${label}: its driver is not installed`);
  if (error instanceof Unreachable || error instanceof TypeError || error instanceof RangeError) return error;
  const kindOfLoss = code === 'PROTOCOL_CONNECTION_LOST' ? 'reset' : unreachableKindOf(error);
  return new Unreachable(kindOfLoss, `${label} cannot be asked`, error);
}
