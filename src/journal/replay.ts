import { Blocked } from '../model/errors.ts';
import type { EntryKind, JournalEntry } from '../model/journal-entry.ts';
import { parseJson, sameJson, type Json } from '../model/json.ts';
import type { Redactor } from '../model/redaction.ts';
import { keep, wellFormed } from './keep.ts';
import { thrownAs } from './failure.ts';
import type { Asked, Codec, Recorder } from './recorder.ts';

/** A recorder that performs nothing: it gives what was recorded of one check, where the same is asked in the same order. */
export interface Replay extends Recorder {
  /** Over budget then, in words. */
  readonly overBudget: () => string | undefined;
}

/**
 * Responses come back in the order in which they were over, one in a turn of the event loop, so that requests that were
 * under way at the same time do what they did then.
 */
export function createReplay(entries: readonly JournalEntry[], redactor: Redactor, onResent: () => void): Replay {
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  const waiting = new Map<JournalEntry, () => void>();
  let sequence = 0;
  let overBudget: string | undefined;

  function next(kind: EntryKind, { credentials = {}, ...asked }: Asked<EntryKind>): JournalEntry {
    for (const [label, values] of Object.entries(credentials)) for (const value of values) redactor.learn(value, label);
    sequence += 1;
    const entry = bySequence.get(sequence);
    if (entry?.kind === kind && isAsked(entry, asked, redactor)) return entry;
    throw new Blocked(`the saved run has another request, or none, in place of ${kind} ${sequence} of this check`);
  }

  function completedOf({ completed, sequence: number }: JournalEntry): number {
    return completed ?? number;
  }

  async function inTurn(entry: JournalEntry): Promise<void> {
    return new Promise((resolve) => {
      waiting.set(entry, resolve);
      setImmediate(() => {
        const [first] = [...waiting.keys()].toSorted((one, other) => completedOf(one) - completedOf(other));
        if (first === undefined) return;
        const proceed = waiting.get(first);
        waiting.delete(first);
        proceed?.();
      });
    });
  }

  /** The response; throws what was thrown then. */
  function read<Kind extends EntryKind, Value>(codec: Codec<Kind, Value>, entry: JournalEntry): Value {
    const { response, failure } = entry;
    if (response !== undefined && 'resent' in response) onResent();
    if (response !== undefined) return codec.read(response as Parameters<typeof codec.read>[0]);
    if (failure?.kind === 'OverBudget') overBudget = failure.message;
    throw failure === undefined ? new Blocked('the saved run kept no response') : thrownAs(failure);
  }

  return {
    overBudget: () => overBudget,
    count: () => sequence,
    brief: (text) => wellFormed(text),
    async record(codec, asked) {
      const entry = next(codec.kind, asked);
      await inTurn(entry);
      return { value: read(codec, entry), evidence: entry.sequence, atMs: entry.at };
    },
    recordNow: (codec, asked) => read(codec, next(codec.kind, asked)),
  };
}

/** Compared as it would be kept, so that credentials, which are not in a saved run, do not count. */
function isAsked(entry: JournalEntry, asked: object, redactor: Redactor): boolean {
  const { value } = keep(asked, redactor, 'sent');
  const recorded = Object.fromEntries(Object.entries(entry).filter(([key]) => Object.hasOwn(value, key)));
  return sameJson(withoutNames(recorded), withoutNames(value));
}

/** What stands in place of a secret names it, and the same secret may be known by another name now; nor has it its size. */
const PLACEHOLDER = /\((?:[A-Za-z]+ )?(?:token|secret|credential|session|cookie|password|key)\)/g;

function withoutNames(asked: object): Json {
  const sizes = (key: string, value: unknown): unknown => (key === 'bytes' ? undefined : value);
  return parseJson(JSON.stringify(asked, sizes).replaceAll(PLACEHOLDER, '()')) ?? null;
}
