import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/server/database.ts';
import { folderWith } from '../support/config-folder.ts';
import { mirrored, mirroredBy } from '../support/mirroring.ts';

const DONE = "echo 'emcp_dispatch worker updated.'";
const SOUND = String.raw`EvolutionCMS\eMCP\sTask\McpDispatchWorker`;

async function databaseWith(...statements: readonly string[]): Promise<string> {
  const file = join(folderWith({}), 'site.db');
  const database = await openDatabase(file);
  database.exec('create table s_workers (identifier text, scope text, class text, active integer)');
  for (const sql of statements) database.exec(sql);
  database.close();
  return `sqlite:${file}`;
}

function row(name: string, active: number): string {
  return `insert into s_workers values ('emcp_dispatch', 'eMCP', '${name}', ${active})`;
}

describe('emcp sync-workers with a database', () => {
  it.each([
    ['right', [row(SOUND, 1)], 0],
    ['wrong', [row(SOUND, 0)], 1],
    ['wrong', [row('Other', 1)], 1],
    ['absent', [], 1],
    ['absent', ['drop table s_workers', 'create table s_tasks (id integer)'], 1],
  ] as const)('believes the row, which is %s after %j, and not the console', async (state, statements, exit) => {
    const url = await databaseWith(...statements);
    const { code, out } = await mirroredBy(DONE, ['sync-workers', '--json', '--db', url]);
    expect({ code, json: JSON.parse(out) as unknown }).toMatchObject({ code: exit, json: { exit: 0, row: { state } } });
  });

  it('tells of the repair even when the row cannot be read', async () => {
    const { code, out, err } = await mirroredBy(DONE, ['sync-workers', '--db', 'sqlite:/nowhere/site.db']);
    expect({ code, out }).toEqual({ code: 3, out: 'emcp_dispatch worker updated.\n' });
    expect(err).toMatch(/unread: .+\nnext: emcp doctor, with the same flags for the target\n$/);
  });

  it('does not count a row against a repair that was skipped', async () => {
    const url = await databaseWith(row(SOUND, 0));
    const skipped = await mirroredBy("echo 'queue.driver is not stask.'", ['sync-workers', '--db', url]);
    expect(skipped.code).toBe(0);
    expect(skipped.err).toContain('wrong: ');
  });

  it('prints no byte of the row that could do something to a terminal', async () => {
    const url = await databaseWith(row('\u001B[31mX\u202E', 1));
    const { err } = await mirroredBy(DONE, ['sync-workers', '--db', url]);
    expect(err).toContain('wrong: emcp_dispatch, active, X,');
    const { out } = await mirroredBy(DONE, ['sync-workers', '--db', url, '--json']);
    expect(out).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect((JSON.parse(out) as { readonly row: { readonly facts: string } }).row.facts).toContain('\u202E');
  });

  it.each([
    ['no target', ['sync-workers'], 2],
    ['no artisan', ['sync-workers', '--url', 'http://127.0.0.1:9'], 3],
    ['a console that is not there', ['sync-workers', '--url', 'http://127.0.0.1:9', '--artisan', './none artisan'], 3],
    ['a console, but no target', ['sync-workers', '--artisan', 'php artisan'], 2],
  ] as const)('repairs nothing with %s and says what to type', async (_, argv, exit) => {
    const { code, out, err } = await mirrored(argv);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(err).toMatch(/^emcp: .+\nnext: .+\n$/);
  });
});
