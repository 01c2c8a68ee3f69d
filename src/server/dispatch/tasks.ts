import { z } from 'zod';
import type { Database } from '../database.ts';
import { hasTable, timestamp, type StoreOpener } from './store.ts';
import { workerIdentifier } from './worker-row.ts';

const taskStatus = { queued: 10, preparing: 30, running: 50, finished: 80, failed: 100 } as const;

const longestFailure = 240;

/** A row of `s_tasks` that waits to be run. */
export interface QueuedTask {
  readonly id: number;
  readonly identifier: string;
  /** JSON text, as the row has it. */
  readonly meta: string;
}

/** The task table, as the dispatch controller and the worker need it; twin of sTask's task model. */
export interface Tasks {
  /** Whether there is a table to queue in; a database that cannot be asked has none. */
  available(): boolean;
  /** Queues a dispatch and gives back its id; throws when the row cannot be written. */
  queue(meta: string, startedBy: number | null): number;
  /** Every task whose turn it is, in order of arrival. */
  due(): readonly QueuedTask[];
  start(task: number): void;
  finish(task: number, result: string): void;
  fail(task: number, message: string): void;
  /** The class of the active worker with this identifier. */
  activeWorker(identifier: string): string | undefined;
}

const queuedTask = z.object({ id: z.number(), identifier: z.string(), meta: z.string() });
const workerRow = z.object({ class: z.string() });

/** The tasks of a store. */
export function createTasks(store: StoreOpener, now: () => number): Tasks {
  return {
    available() {
      try {
        return hasTable(store.opened(), 's_tasks');
      } catch {
        return false;
      }
    },
    ...queue(store, now),
    ...outcomes(store, now),
    activeWorker(identifier) {
      const { database, prefix } = store.opened();
      const row = database
        .prepare(`select class from "${prefix}s_workers" where identifier = ? and active = 1`)
        .get(identifier);
      return row === undefined ? undefined : workerRow.parse(row).class;
    },
  };
}

function queue(store: StoreOpener, now: () => number): Pick<Tasks, 'queue' | 'due'> {
  return {
    queue(meta, startedBy) {
      const { database, prefix } = store.opened();
      const at = timestamp(now());
      const { lastInsertRowid } = database
        .prepare(
          `insert into "${prefix}s_tasks" (identifier, action, status, message, started_by, meta, attempts,
           max_attempts, priority, progress, created_at, updated_at)
           values (?, 'dispatch', ?, ?, ?, ?, 0, 3, 'normal', 0, ?, ?)`,
        )
        .run(workerIdentifier, taskStatus.queued, 'MCP dispatch queued', startedBy, meta, at, at);
      return Number(lastInsertRowid);
    },
    due() {
      const { database, prefix } = store.opened();
      const rows = database
        .prepare(
          `select id, identifier, meta from "${prefix}s_tasks"
           where status = ? and (start_at is null or start_at <= ?) order by id`,
        )
        .all(taskStatus.queued, timestamp(now()));
      return z.array(queuedTask).parse(rows);
    },
  };
}

function outcomes(store: StoreOpener, now: () => number): Pick<Tasks, 'start' | 'finish' | 'fail'> {
  const update = (assignments: string): ReturnType<Database['prepare']> => {
    const { database, prefix } = store.opened();
    return database.prepare(`update "${prefix}s_tasks" set ${assignments} where id = ?`);
  };
  return {
    start(task) {
      const at = timestamp(now());
      update('status = ?, start_at = ?, attempts = attempts + 1, updated_at = ?').run(taskStatus.running, at, at, task);
    },
    finish(task, result) {
      const at = timestamp(now());
      const values = [taskStatus.finished, 'MCP dispatch completed', result, at, at, task];
      update('status = ?, progress = 100, message = ?, result = ?, finished_at = ?, updated_at = ?').run(...values);
    },
    fail(task, message) {
      const at = timestamp(now());
      const cut = Array.from(message).slice(0, longestFailure).join('');
      update('status = ?, message = ?, finished_at = ?, updated_at = ?').run(taskStatus.failed, cut, at, at, task);
    },
  };
}
