import { Socket } from 'node:net';
import type { ServerUrl } from '../model/database-url.ts';
import { errorCode } from '../model/errors.ts';
import { select, type Driver, type FailureKind, type Row } from './database-driver.ts';

// SQLSTATE codes.
const KINDS: Readonly<Record<string, FailureKind>> = {
  '28000': 'credentials',
  '28P01': 'credentials',
  '3D000': 'no-database',
  '42P01': 'no-table',
  '42501': 'denied',
  '42703': 'other-columns',
  '53300': 'busy',
  '57P03': 'busy',
};

export function postgresDriver(url: ServerUrl, timeoutMs: number): Driver {
  return {
    text: (column) => `cast(${column} as text)`,
    kindOf(error) {
      return KINDS[errorCode(error) ?? ''];
    },
    async connect(signal) {
      const { Client } = await import('pg');
      const { host, port, socket, user, password, database, tls } = url;
      signal.throwIfAborted();
      const client = new Client({
        host: socket ?? host,
        port,
        stream: () => new Socket({ signal }),
        user,
        password,
        database,
        connectionTimeoutMillis: timeoutMs,
        query_timeout: timeoutMs,
        ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verified' },
      });
      // A connection that breaks between two questions says so where nobody asks.
      client.on('error', () => undefined);
      await client.connect();
      const run = async (sql: string, values: readonly (string | number)[]): Promise<readonly Row[]> => {
        let index = 0;
        const numbered = sql.replaceAll('?', () => `$${(index += 1)}`);
        // A transaction of its own, as one that failed answers nothing else.
        await client.query('begin read only');
        try {
          const { rows } = await client.query<Row>(numbered, [...values]);
          return rows;
        } finally {
          await client.query('rollback');
        }
      };
      return {
        rows: (question) => run(select(question, '"'), question.values),
        async tablesEndingIn(ending) {
          const sql = 'select table_name as name from information_schema.tables where table_schema';
          const rows = await run(`${sql} = any(current_schemas(false)) and table_name like ?`, [`%${ending}`]);
          return rows.map(({ name }) => String(name));
        },
        close: () => client.end(),
      };
    },
  };
}
