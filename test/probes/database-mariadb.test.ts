import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlDriver } from '../../src/probes/database-mysql.ts';
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
import { PASSWORD, startMariadb, type Server } from './database-servers.ts';

const TYPES: Types = {
  id: 'bigint unsigned not null auto_increment primary key',
  bool: 'tinyint(1)',
  json: 'json',
  text: 'longtext',
  time: 'timestamp null',
  yes: '1',
  no: '0',
};

const install = findProgram('mariadb-install-db');
const mariadbd = install === undefined ? undefined : findProgram('mariadbd');

describe.skipIf(mariadbd === undefined)(`MySQL (${unlessMissing('MariaDB', mariadbd)})`, () => {
  let server: Server;
  const url = (database: string, user = 'emcp') => `mysql://${user}:${PASSWORD}@127.0.0.1:${server.port}/${database}`;

  beforeAll(async () => {
    server = await startMariadb(mariadbd ?? '', install ?? '');
    const root = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
    const setUp = [
      'create database site character set utf8mb4',
      'create database empty',
      'create database bare',
      `create user emcp@'%' identified by '${PASSWORD}'`,
      `create user denied@'%' identified by '${PASSWORD}'`,
      "grant all on site.* to emcp@'%'",
      "grant all on empty.* to emcp@'%'",
      "grant all on bare.* to emcp@'%'",
      'use bare',
      settingsTable('evo_'),
      'use site',
      ...tables('evo_', TYPES),
      ...rows('evo_', TYPES),
      trickyTask('evo_', (text) => root.escape(text)),
      'create sequence evo_counter',
      'create table unrelated (id int)',
      "grant select on site.unrelated to denied@'%'",
    ];
    for (const sql of setUp) await root.query(sql);
    await root.end();
  }, 60_000);
  afterAll(() => server.stop());

  itAnswersQuestions(() => ({ url: url('site'), bare: url('bare'), empty: url('empty') }));
  itTellsItsFailuresApart(() => ({ url: url('site'), denied: url('site', 'denied') }));

  it('cannot write, even where the user may', async () => {
    const session = await mysqlDriver(parseDatabaseUrl(url('site'), createRedactor()) as ServerUrl, 5000).connect(
      new AbortController().signal,
    );
    const question = { table: 'evo_s_workers', columns: ['1'], where: 'nextval(evo_counter) > 0', values: [] };
    await expect(session.rows(question)).rejects.toMatchObject({ code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' });
    await session.close();
  });
});
