/** A question to one table. `?` stands for each value. */
export interface Question {
  readonly table: string;
  readonly columns: readonly string[];
  readonly where: string;
  readonly values: readonly (string | number)[];
}

export type Row = Readonly<Record<string, unknown>>;

/** A session that can only read. */
export interface Connection {
  rows(question: Question): Promise<readonly Row[]>;
  /** Names of the tables that end in `ending`. */
  tablesEndingIn(ending: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export type FailureKind =
  | 'credentials'
  | 'no-database'
  | 'no-table'
  | 'denied'
  | 'other-columns'
  | 'busy'
  | 'no-file'
  | 'not-a-database';

/** One kind of database. */
export interface Driver {
  /** Once the signal is aborted nothing is sent any more, and the socket is destroyed. */
  connect(signal: AbortSignal): Promise<Connection>;
  /** A column as text, whatever its type. */
  text(column: string): string;
  /** What an error means, by its code. */
  kindOf(error: unknown): FailureKind | undefined;
}

/** The words of a question; `quote` is how the database writes names. */
export function select({ table, columns, where }: Question, quote: string): string {
  return `select ${columns.join(', ')} from ${quote}${table}${quote} where ${where}`;
}

/** A failure that has no code of a library. */
export class DatabaseFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind) {
    super(kind);
    this.name = 'DatabaseFailure';
    this.kind = kind;
  }
}
