import { isObject } from './difference.ts';

/** Values that differ from run to run: the same recorded value must always meet the same value of ours. */
export class Pairing {
  readonly #toOurs = new Map<unknown, unknown>();
  readonly #toRecorded = new Map<unknown, unknown>();

  agrees(recorded: unknown, ours: unknown): boolean {
    if (typeof recorded !== typeof ours || ours === null) return false;
    if (!this.#toOurs.has(recorded) && !this.#toRecorded.has(ours)) {
      this.#toOurs.set(recorded, ours);
      this.#toRecorded.set(ours, recorded);
    }
    return this.#toOurs.get(recorded) === ours && this.#toRecorded.get(ours) === recorded;
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const OWN_WORDS =
  /(?:error\.message|^body\.message|\.instructions|\.platformVersion|\.tools\.\d+\.(?:title|description))$/;
/** A dispatched message without an id is given one. */
const MADE_IDS = /(?:\.trace_id|\.session_id|result\.response\.id)$/;
const TASK_ID = /\.task_id$/;

/** Compares leaves: sentences are each side's own, ids made by a server are paired, all else is equal or not. */
export function sameIn(pairing: Pairing): (path: string, recorded: unknown, ours: unknown) => boolean {
  return (path, recorded, ours) => {
    if (OWN_WORDS.test(path)) return isSentence(recorded) && isSentence(ours);
    // A body that is no JSON: nothing, or a sentence.
    if (path === 'body' && isSentence(recorded)) return isSentence(ours);
    if (MADE_IDS.test(path) && typeof recorded === 'string' && UUID.test(recorded))
      return pairing.agrees(recorded, ours);
    // 0 says that it ran inline; it is no id.
    if (TASK_ID.test(path) && typeof recorded === 'number' && recorded > 0) return pairing.agrees(recorded, ours);
    return JSON.stringify(recorded) === JSON.stringify(ours);
  };
}

function isSentence(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** A body with the sentences of refused tool arguments taken out, which are each side's own too. */
export function withoutRefusals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRefusals);
  if (!isObject(value)) return value;
  if (value['isError'] === true) return { ...value, content: '(sentences)' };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutRefusals(inner)]));
}
