import type { JsonObject } from '../model/json.ts';
import type { DatabaseProbe } from '../model/probes.ts';
import { findTask, findTasksByKey, findWorker } from './database-questions.ts';
import { checkPrefix, withSession, type Session, type SessionOptions } from './database-session.ts';
import type { Recorder } from '../journal/recorder.ts';

export interface DatabaseOptions extends SessionOptions {
  readonly recorder: Recorder;
}

/** Asks the target's database, and never writes to it. */
export function createDatabaseProbe(options: DatabaseOptions): DatabaseProbe {
  const { prefix, recorder } = options;
  checkPrefix(prefix);
  const ask = <Value extends JsonObject>(question: JsonObject, answer: (session: Session) => Promise<Value>) =>
    recorder.ask({ probe: 'database', question: { ...question, prefix } }, async () => {
      const value = await withSession(options, answer);
      return { value, outcome: value };
    });
  return {
    async worker(identifier) {
      const { value, evidence } = await ask({ ask: 'worker', identifier }, (session) =>
        findWorker(session, identifier),
      );
      if ('missing' in value) return { ...value, evidence };
      return { row: value.row === null ? null : { ...value.row, evidence }, evidence };
    },
    async task(id) {
      const { value, evidence } = await ask({ ask: 'task', id }, (session) => findTask(session, id));
      const [row] = value.rows;
      return { row: row === undefined ? null : { ...row, evidence }, evidence };
    },
    async tasksByKey(key) {
      const { value, evidence } = await ask({ ask: 'tasks-by-key', key }, (session) => findTasksByKey(session, key));
      return { rows: value.rows.map((row) => Object.assign({ evidence }, row)), evidence };
    },
  };
}
