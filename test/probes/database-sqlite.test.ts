import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/server/database.ts';
import {
  expectBlocked,
  itAnswersQuestions,
  probeFor,
  rows,
  settingsTable,
  tables,
  trickyTask,
  type Types,
} from './database-cases.ts';

const TYPES: Types = {
  id: 'integer primary key autoincrement',
  bool: 'tinyint(1)',
  json: 'text',
  text: 'text',
  time: 'datetime',
  yes: '1',
  no: '0',
};

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emcp-sqlite-'));
  const database = await openDatabase(join(folder, 'site.db'));
  database.exec('pragma journal_mode = wal');
  for (const sql of [...tables('evo_', TYPES), ...rows('evo_', TYPES)]) database.exec(sql);
  database.exec(trickyTask('evo_', (text) => `'${text}'`));
  database.close();
  const bare = await openDatabase(join(folder, 'bare.db'));
  bare.exec(settingsTable('evo_'));
  bare.close();
  const empty = await openDatabase(join(folder, 'empty.db'));
  empty.exec('pragma user_version = 1');
  empty.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('SQLite', () => {
  itAnswersQuestions(() => ({
    url: `sqlite:${folder}/site.db`,
    bare: `sqlite:${folder}/bare.db`,
    empty: `sqlite://${folder}/empty.db`,
  }));

  it('is blocked when the file is not there, is a folder or is no database', async () => {
    writeFileSync(join(folder, 'text.db'), 'plain text '.repeat(1000));
    for (const file of ['none.db', '.', 'text.db']) {
      const asked = probeFor(`sqlite:${folder}/${file}`).probe.task(1);
      await expect(asked).rejects.toMatchObject({ name: 'Blocked' });
    }
  });

  it('is blocked when a table has other columns', async () => {
    const database = await openDatabase(join(folder, 'old.db'));
    database.exec('create table s_workers (id integer)');
    database.close();
    const asked = probeFor(`sqlite:${folder}/old.db`, '').probe.worker('emcp_dispatch');
    await expectBlocked(asked, 'columns');
  });

  it.each([
    ['s_workers', "active = 'perhaps'", 'active'],
    ['s_workers', 'class = null', 'class'],
    ['s_tasks', "status = 'done'", 'status'],
    ['s_tasks', 'status = null', 'status'],
    ['s_tasks', 'attempts = 0.5', 'attempts'],
  ] as const)('is blocked when a row of %s has %s', async (table, change, column) => {
    const file = join(folder, `odd-${column}-${change.length}.db`);
    const database = await openDatabase(file);
    const loose = [...tables('', TYPES), ...rows('', TYPES)].map((sql) => sql.replaceAll('not null', ''));
    for (const sql of [...loose, `update ${table} set ${change}`]) database.exec(sql);
    database.close();
    const { probe } = probeFor(`sqlite:${file}`, '');
    const asked = table === 's_tasks' ? probe.task(1) : probe.worker('emcp_dispatch');
    await expectBlocked(asked, `the column ${column}`);
  });

  it('reads what another process is writing', async () => {
    const writer = await openDatabase(join(folder, 'busy.db'));
    writer.exec('pragma journal_mode = wal');
    for (const sql of [...tables('', TYPES), ...rows('', TYPES)]) writer.exec(sql);
    writer.exec('begin immediate; update s_tasks set status = 50');
    expect((await probeFor(`sqlite:${folder}/busy.db`, '').probe.task(1)).row?.status).toBe(80);
    writer.close();
  });
});
