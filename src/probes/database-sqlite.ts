import {
  DatabaseFailure,
  select,
  type Connection,
  type Driver,
  type FailureKind,
  type Row,
} from './database-driver.ts';

/** The part of `node:sqlite` that is used; `@photostructure/sqlite` offers the same on Node 20. */
export interface Sqlite {
  prepare(sql: string): { all(...values: readonly (string | number)[]): Row[] };
  exec(sql: string): void;
  close(): void;
}

type SqliteModule = { readonly DatabaseSync: new (file: string, options: { readonly readOnly: boolean }) => Sqlite };

// Result codes of SQLite: busy, locked, disk I/O error (a folder), cannot open, not a database.
const KINDS: Readonly<Record<number, FailureKind>> = {
  5: 'busy',
  6: 'busy',
  10: 'not-a-database',
  14: 'no-file',
  26: 'not-a-database',
};

export function sqliteDriver(file: string): Driver {
  return {
    ...dialect,
    async connect() {
      const builtin = process.getBuiltinModule?.('node:sqlite') as SqliteModule | undefined;
      const { DatabaseSync } = builtin ?? (await import('@photostructure/sqlite'));
      const database = new DatabaseSync(file, { readOnly: true });
      database.exec('pragma query_only = on; pragma busy_timeout = 2000');
      return connection(database);
    },
  };
}

/** A database somebody else has open, and will close. */
export function openedSqliteDriver(database: Sqlite): Driver {
  return { ...dialect, connect: async () => ({ ...connection(database), close: async () => undefined }) };
}

const dialect: Pick<Driver, 'text' | 'kindOf'> = {
  text: (column) => `cast(${column} as text)`,
  kindOf(error) {
    const { errcode } = error as { readonly errcode?: unknown };
    return typeof errcode === 'number' ? KINDS[errcode % 256] : undefined;
  },
};

function connection(database: Sqlite): Connection {
  const tables = (ending: string): readonly string[] =>
    database
      .prepare("select name from sqlite_master where type in ('table', 'view') and name like ?")
      .all(`%${ending}`)
      .map(({ name }) => String(name));
  return {
    async rows(question) {
      // An unknown table and an unknown column have one code between them.
      if (!tables(question.table).includes(question.table)) throw new DatabaseFailure('no-table');
      try {
        return database.prepare(select(question, '"')).all(...question.values);
      } catch (error) {
        throw (error as { readonly errcode?: unknown }).errcode === 1 ? new DatabaseFailure('other-columns') : error;
      }
    },
    tablesEndingIn: async (ending) => tables(ending),
    close: async () => database.close(),
  };
}
