export type SqlValue = null | number | bigint | string | Uint8Array;
export type Row = Record<string, SqlValue>;

/** The part of `node:sqlite` the server uses; `@photostructure/sqlite` offers the same on Node 20. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

export interface Statement {
  all(...values: readonly SqlValue[]): Row[];
  get(...values: readonly SqlValue[]): Row | undefined;
  run(...values: readonly SqlValue[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
}

/** Opens a SQLite file, or a database in memory when `file` is `:memory:`. */
export async function openDatabase(file: string): Promise<Database> {
  const builtin = process.getBuiltinModule?.('node:sqlite') as
    | { DatabaseSync: new (file: string) => Database }
    | undefined;
  const { DatabaseSync } = builtin ?? (await import('@photostructure/sqlite'));
  return remembering(new DatabaseSync(file));
}

/** Prepares each statement once: every request looks at the tables, and preparing costs more than asking. */
function remembering(database: Database): Database {
  const statements = new Map<string, Statement>();
  return {
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const known = statements.get(sql) ?? database.prepare(sql);
      statements.set(sql, known);
      return known;
    },
    close: () => database.close(),
  };
}
