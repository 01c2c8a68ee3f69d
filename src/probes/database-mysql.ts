import { connect } from 'node:net';
import type { ServerUrl } from '../model/database-url.ts';
import { errorCode } from '../model/errors.ts';
import { select, type Driver, type FailureKind, type Row } from './database-driver.ts';

const KINDS: Readonly<Record<string, FailureKind>> = {
  ER_ACCESS_DENIED_ERROR: 'credentials',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'credentials',
  ER_HOST_NOT_PRIVILEGED: 'credentials',
  ER_NOT_SUPPORTED_AUTH_MODE: 'credentials',
  // A user without any right to a database is told this, whether it is there or not.
  ER_DBACCESS_DENIED_ERROR: 'no-database',
  ER_BAD_DB_ERROR: 'no-database',
  ER_NO_SUCH_TABLE: 'no-table',
  ER_TABLEACCESS_DENIED_ERROR: 'denied',
  ER_COLUMNACCESS_DENIED_ERROR: 'denied',
  ER_BAD_FIELD_ERROR: 'other-columns',
  ER_CON_COUNT_ERROR: 'busy',
  ER_TOO_MANY_USER_CONNECTIONS: 'busy',
};

/** MySQL and MariaDB. */
export function mysqlDriver(url: ServerUrl, timeoutMs: number): Driver {
  return {
    text: (column) => `cast(${column} as char)`,
    kindOf(error) {
      return KINDS[errorCode(error) ?? ''];
    },
    async connect(signal) {
      const { createConnection } = await import('mysql2/promise');
      const { host, port, socket, user, password, database, tls } = url;
      signal.throwIfAborted();
      const session = await createConnection({
        ...(socket === undefined ? { host, port } : { socketPath: socket }),
        stream: () =>
          socket === undefined ? connect({ host, port, signal, noDelay: true }) : connect({ path: socket, signal }),
        user,
        password,
        database,
        connectTimeout: timeoutMs,
        dateStrings: true,
        disableEval: true,
        ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verified' } }),
      });
      // A connection that breaks between two questions says so where nobody asks.
      session.on('error', () => undefined);
      const run = async (sql: string, values: readonly (string | number)[]): Promise<readonly Row[]> => {
        const [rows] = await session.execute({ sql, timeout: timeoutMs }, [...values]);
        return rows as Row[];
      };
      await session.query('start transaction read only');
      return {
        rows: (question) => run(select(question, '`'), question.values),
        async tablesEndingIn(ending) {
          const sql = 'select table_name as name from information_schema.tables where table_schema = database()';
          const rows = await run(`${sql} and table_name like ?`, [`%${ending}`]);
          return rows.map(({ name }) => String(name));
        },
        close: async () => session.destroy(),
      };
    },
  };
}
