import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresDriver } from '../../src/probes/database-postgres.ts';
import type { ServerUrl } from '../../src/model/database-url.ts';
import { parseDatabaseUrl } from '../../src/probes/database-url.ts';
import { createRedactor } from '../../src/journal/redact.ts';
import { findProgram, unlessMissing } from '../support/installed.ts';
import {
  itAnswersQuestions,
  itTellsItsFailuresApart,
  rows,
  settingsTable,
  tables,
  trickyTask,
  type Types,
} from './database-cases.ts';
import { PASSWORD, startPostgres, type Server } from './database-servers.ts';

const TYPES: Types = {
  id: 'bigserial primary key',
  bool: 'boolean',
  json: 'json',
  text: 'text',
  time: 'timestamp(0) without time zone',
  yes: 'true',
  no: 'false',
};

const postgres = findProgram('postgres');

describe.skipIf(postgres === undefined)(`PostgreSQL (${unlessMissing('PostgreSQL', postgres)})`, () => {
  let server: Server;
  const url = (database: string, user = 'emcp') =>
    `postgres://${user}:${PASSWORD}@127.0.0.1:${server.port}/${database}`;

  beforeAll(async () => {
    server = await startPostgres(postgres ?? '');
    const setUp = ['create database site', 'create database bare', 'create database empty'];
    const users = ['emcp', 'denied'].map((user) => `create user ${user} password '${PASSWORD}'`);
    await run(url('postgres', 'root'), [...setUp, ...users]);
    await run(url('bare', 'root'), [settingsTable('evo_'), 'grant all on all tables in schema public to emcp']);
    await run(url('site', 'root'), [
      ...tables('evo_', TYPES),
      ...rows('evo_', TYPES),
      trickyTask('evo_', (text) => `'${text}'`),
      'grant all on all tables in schema public to emcp',
      'grant all on all sequences in schema public to emcp',
    ]);
  }, 60_000);
  afterAll(() => server.stop());

  itAnswersQuestions(() => ({ url: url('site'), bare: url('bare'), empty: url('empty') }));
  itTellsItsFailuresApart(() => ({ url: url('site'), denied: url('site', 'denied') }));

  it('cannot write, even where the user may', async () => {
    const session = await postgresDriver(parseDatabaseUrl(url('site'), createRedactor()) as ServerUrl, 5000).connect(
      new AbortController().signal,
    );
    const where = "nextval('evo_s_workers_id_seq') > 0";
    const question = { table: 'evo_s_workers', columns: ['1'], where, values: [] };
    await expect(session.rows(question)).rejects.toMatchObject({ code: '25006' });
    await session.close();
  });
});

async function run(connectionString: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}
