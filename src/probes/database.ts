import type { RequestOf } from '../model/journal-entry.ts';
import type { DatabaseProbe } from '../model/probes.ts';
import { findTask, findTasksByKey, findWorker, type TasksFound, type WorkerFound } from './database-questions.ts';
import { checkPrefix, withSession, type Session, type SessionOptions } from './database-session.ts';
import type { Codec, Recorder } from '../journal/recorder.ts';

export interface DatabaseOptions extends SessionOptions {
  readonly recorder: Recorder;
}

/** Asks the target's database, and never writes to it. */
export function createDatabaseProbe(options: DatabaseOptions): DatabaseProbe {
  const { prefix, recorder } = options;
  checkPrefix(prefix);
  const ask = <Value>(
    codec: Codec<'database', Value>,
    request: Omit<RequestOf<'database'>, 'prefix'>,
    answer: (session: Session) => Promise<Value>,
  ) => recorder.record(codec, { request: { ...request, prefix } }, () => withSession(options, answer));
  return {
    async worker(identifier) {
      const { value, evidence } = await ask(workerCodec, { ask: 'worker', of: identifier }, (session) =>
        findWorker(session, identifier),
      );
      if ('missing' in value) return { ...value, evidence };
      return { row: value.row === null ? null : { ...value.row, evidence }, evidence };
    },
    async task(id) {
      const { value, evidence } = await ask(tasksCodec, { ask: 'task', of: id }, (session) => findTask(session, id));
      const [row] = value.rows;
      return { row: row === undefined ? null : { ...row, evidence }, evidence };
    },
    async tasksByKey(key) {
      const { value, evidence } = await ask(tasksCodec, { ask: 'tasks-by-key', of: key }, (session) =>
        findTasksByKey(session, key),
      );
      return { rows: value.rows.map((row) => Object.assign({ evidence }, row)), evidence };
    },
  };
}

const workerCodec: Codec<'database', WorkerFound> = {
  kind: 'database',
  keep: (found) => ('missing' in found ? found : { worker: found.row }),
  read: (kept) => ('missing' in kept ? kept : { row: 'worker' in kept ? kept.worker : null }),
};

const tasksCodec: Codec<'database', TasksFound> = {
  kind: 'database',
  keep: ({ rows }) => ({ tasks: rows }),
  read: (kept) => ({ rows: 'tasks' in kept ? kept.tasks : [] }),
};
