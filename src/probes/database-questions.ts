import type { TaskRow, WorkerRow } from '../model/probes.ts';
import { Blocked } from '../model/errors.ts';
import { DatabaseFailure } from './database-driver.ts';
import { taskOf, workerOf } from './database-rows.ts';
import type { Session, Table } from './database-session.ts';

const MOST_ROWS = 200;
const LONGEST_TEXT = 4_000_000;

export type WorkerFound = { readonly row: Omit<WorkerRow, 'evidence'> | null } | { readonly missing: 's_workers' };

/** The row of a worker; blocked where the database is not that of a CMS. */
export async function findWorker(session: Session, identifier: string): Promise<WorkerFound> {
  try {
    const columns = ['identifier', 'scope', 'class', 'active'];
    const [row] = await session.rows('s_workers', { columns, where: 'identifier = ?', values: [identifier] });
    return { row: row === undefined ? null : workerOf(row) };
  } catch (error) {
    if (!isNoTable(error)) throw error;
    if (await isOfCms(session)) return { missing: 's_workers' };
    throw new Blocked('no table of the CMS is there: is it the right database?');
  }
}

/** A table is missing in the database of the CMS only; any other database says nothing of it. */
async function isOfCms(session: Session): Promise<boolean> {
  return (await hasTable(session, 's_tasks')) || hasTable(session, 'system_settings');
}

async function hasTable(session: Session, table: Table): Promise<boolean> {
  try {
    await session.rows(table, { columns: ['1 as found'], where: '1 = 0', values: [] });
    return true;
  } catch (error) {
    if (isNoTable(error)) return false;
    throw error;
  }
}

function isNoTable(error: unknown): boolean {
  return error instanceof DatabaseFailure && error.kind === 'no-table';
}

export type TasksFound = { readonly rows: readonly Omit<TaskRow, 'evidence'>[] };

export async function findTask(session: Session, id: number): Promise<TasksFound> {
  return findTasks(session, 'id = ?', id);
}

/** The key lies in the JSON of a column: candidates are found by its plain characters and then looked at. */
export async function findTasksByKey(session: Session, key: string): Promise<TasksFound> {
  const pattern = `%${key.replaceAll(/[^A-Za-z0-9]+/g, '%')}%`;
  const { rows } = await findTasks(session, `${session.text('meta')} like ?`, pattern);
  return { rows: rows.filter((row) => row.idempotencyKey === key) };
}

async function findTasks(session: Session, where: string, value: string | number): Promise<TasksFound> {
  const texts = ['meta', 'result', 'finished_at'].map(
    (column) => `substr(${session.text(column)}, 1, ${LONGEST_TEXT}) as ${column}`,
  );
  const plain = ['id', 'identifier', 'action', 'status', 'message', 'attempts', 'progress', 'started_by'];
  const ordered = `${where} order by id desc limit ${MOST_ROWS}`;
  const rows = await session.rows('s_tasks', { columns: [...plain, ...texts], where: ordered, values: [value] });
  return { rows: rows.map(taskOf).toReversed() };
}
