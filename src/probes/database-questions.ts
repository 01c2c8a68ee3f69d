import type { TaskRow, WorkerRow } from '../model/probes.ts';
import { DatabaseFailure } from './database-driver.ts';
import { numberOf, taskOf, timeOf, workerOf } from './database-rows.ts';
import type { Session } from './database-session.ts';

const MOST_ROWS = 200;
const LONGEST_TEXT = 4_000_000;
const QUEUED = 10;
const QUARTER_HOUR_MS = 900_000;
const SKEW_MS = 60_000;

type WorkerFound = { readonly row: Omit<WorkerRow, 'evidence'> | null } | { readonly missing: 's_workers' };

/** The row of a worker. */
export async function findWorker(session: Session, identifier: string): Promise<WorkerFound> {
  try {
    const columns = ['identifier', 'scope', 'class', 'active'];
    const [row] = await session.rows('s_workers', { columns, where: 'identifier = ?', values: [identifier] });
    return { row: row === undefined ? null : workerOf(row) };
  } catch (error) {
    if (error instanceof DatabaseFailure && error.kind === 'no-table') return { missing: 's_workers' };
    throw error;
  }
}

type TasksFound = { readonly rows: readonly Omit<TaskRow, 'evidence'>[] };

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

/** How many tasks of a worker wait, and the oldest one's age at `now`. */
export async function countQueued(
  session: Session,
  identifier: string,
  now: number,
): Promise<{ readonly count: number; readonly oldestSeconds: number | null }> {
  const [waiting = {}] = await session.rows('s_tasks', {
    columns: ['count(*) as total', `${session.text('min(created_at)')} as oldest`],
    where: `identifier = ? and status = ${QUEUED}`,
    values: [identifier],
  });
  const columns = [`${session.text('max(created_at)')} as newest`];
  const [all = {}] = await session.rows('s_tasks', { columns, where: '1 = 1', values: [] });
  const oldest = timeOf(waiting['oldest']);
  const there = now + zoneAhead(timeOf(all['newest']), now);
  return {
    count: numberOf(waiting['total']) ?? 0,
    oldestSeconds: oldest === null ? null : Math.max(0, Math.round((there - oldest) / 1000)),
  };
}

/**
 * Rows carry the CMS's local time without its zone. A newest row from the future tells how far a zone is ahead at
 * least; one behind UTC cannot be seen and makes a task look older.
 */
function zoneAhead(newest: number | null, now: number): number {
  const future = (newest ?? now) - now - SKEW_MS;
  return future <= 0 ? 0 : Math.ceil(future / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
}
