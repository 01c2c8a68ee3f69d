import { Blocked, Unreachable, UsageError } from '../model/errors.ts';
import { DatabaseFailure, type Connection, type Driver, type Question, type Row } from './database-driver.ts';
import { failureOf } from './database-failure.ts';
import { databaseLabel, type DatabaseUrl } from './database-url.ts';

/** Milliseconds for one question, connecting included. */
const LIMIT_MS = 8_000;

/** Those of sTask, and one that every installation of the CMS has. */
export type Table = 's_workers' | 's_tasks' | 'system_settings';

/** A connection that knows the prefix of the CMS's tables. */
export interface Session {
  readonly text: Driver['text'];
  /** Throws a `DatabaseFailure` `no-table` only when no other prefix has the table. */
  rows(table: Table, question: Omit<Question, 'table'>): Promise<readonly Row[]>;
}

export interface SessionOptions {
  readonly url: DatabaseUrl;
  /** Of the CMS's tables, such as `evo_`. */
  readonly prefix: string;
  readonly signal: AbortSignal;
}

/** A connection for one question, so that one that broke harms no other; it is always closed, and cut when stopped. */
export async function withSession<Value>(
  { url, prefix, signal }: SessionOptions,
  ask: (session: Session) => Promise<Value>,
): Promise<Value> {
  const label = databaseLabel(url);
  const driver = await driverFor(url);
  const work = async (stopped: AbortSignal): Promise<Value> => {
    try {
      const connection = await driver.connect(stopped);
      try {
        stopped.throwIfAborted();
        return await ask(sessionOn(connection, { driver, prefix, stopped }));
      } finally {
        await connection.close();
      }
    } catch (error) {
      throw error instanceof Blocked ? error : failureOf(error, kindOf(error, driver), label);
    }
  };
  return untilStopped(work, signal, new Unreachable('timeout-total', `${label} gave no answer in ${LIMIT_MS} ms`));
}

export function checkPrefix(prefix: string): void {
  if (/^\w{0,40}$/.test(prefix)) return;
  throw new UsageError('table-prefix', 'a table prefix has letters, digits and underscores only');
}

async function driverFor(url: DatabaseUrl): Promise<Driver> {
  switch (url.kind) {
    case 'opened':
      return (await import('./database-sqlite.ts')).openedSqliteDriver(url.database);
    case 'sqlite':
      return (await import('./database-sqlite.ts')).sqliteDriver(url.file);
    case 'mysql':
      return (await import('./database-mysql.ts')).mysqlDriver(url, LIMIT_MS);
    case 'postgres':
      return (await import('./database-postgres.ts')).postgresDriver(url, LIMIT_MS);
  }
}

interface SessionPlace {
  readonly driver: Driver;
  readonly prefix: string;
  readonly stopped: AbortSignal;
}

function sessionOn(connection: Connection, { driver, prefix, stopped }: SessionPlace): Session {
  return {
    text: (column) => driver.text(column),
    async rows(table, question) {
      stopped.throwIfAborted();
      try {
        return await connection.rows({ ...question, table: `${prefix}${table}` });
      } catch (error) {
        if (kindOf(error, driver) !== 'no-table') throw error;
        stopped.throwIfAborted();
        const others = otherPrefixes(await connection.tablesEndingIn(table), { table, prefix });
        if (others.length === 0) throw new DatabaseFailure('no-table');
        throw new Blocked(
          `there is no table ${prefix}${table}, but there is ${others.join(', ')}: is the prefix right?`,
        );
      }
    },
  };
}

function kindOf(error: unknown, driver: Driver) {
  return error instanceof DatabaseFailure ? error.kind : driver.kindOf(error);
}

/** Names come from the target; only those that could be ours are repeated. */
function otherPrefixes(names: readonly string[], own: { readonly table: Table; readonly prefix: string }): string[] {
  const form = new RegExp(`^(?:\\w{0,39}_)?${own.table}$`);
  return names.filter((name) => form.test(name) && name !== `${own.prefix}${own.table}`).slice(0, 3);
}

/** Rejects at once when the signal or the time limit ends it, and stops the work, which is not waited for. */
function untilStopped<Value>(
  work: (stopped: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
  late: Unreachable,
): Promise<Value> {
  signal.throwIfAborted();
  const stopping = new AbortController();
  return new Promise((resolve, reject) => {
    const stop = (reason: unknown): void => {
      reject(reason);
      stopping.abort(reason);
    };
    const interrupted = (): void => stop(signal.reason);
    const timer = setTimeout(() => stop(late), LIMIT_MS);
    signal.addEventListener('abort', interrupted, { once: true });
    const settled = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupted);
    };
    work(stopping.signal).then(resolve, reject).finally(settled);
  });
}
