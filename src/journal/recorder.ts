import type {
  EntryKind,
  EntryOf,
  Failure,
  JournalEntry,
  RequestOf,
  ResponseOf,
  StoredEntry,
} from '../model/journal-entry.ts';
import type { Redactor } from '../model/redaction.ts';
import { failureOf } from './failure.ts';
import { keep, wellFormed } from './keep.ts';
import { createPersonalData, type PersonalData } from './personal-data.ts';
import { createStore, type TakeRoom } from './stored.ts';

/** Characters of bodies that are kept of one check, and of all; what is alike counts once. */
const MOST_OF_A_CHECK = 4 * 1024 * 1024;
const MOST_OF_A_RUN = 32 * 1024 * 1024;

/** Characters of what somebody calls itself. */
const LONGEST_WORDS = 200;

/** How a probe's responses of one kind are kept, and read again: `read(keep(value))` is the value. */
export interface Codec<Kind extends EntryKind, Value> {
  readonly kind: Kind;
  keep(value: Value): ResponseOf<Kind>;
  read(response: ResponseOf<Kind>): Value;
}

/** What of an entry the probe says. */
export type Asked<Kind extends EntryKind> = Pick<EntryOf<Kind>, Extract<keyof EntryOf<Kind>, 'probe' | 'ids'>> & {
  readonly request: RequestOf<Kind>;
  /** Credentials that go with it, by what stands in their place: an echo of them is not kept. */
  readonly credentials?: Readonly<Record<string, readonly string[]>>;
};

export interface Recorded<Value> {
  readonly value: Value;
  /** The entry's number within its check. */
  readonly evidence: number;
  /** Milliseconds from the opening of the target to the request. */
  readonly atMs: number;
}

/** Numbers the requests of one check and keeps what came of each. */
export interface Recorder {
  /** Performs a request, and keeps it with its response or its failure; a reading recorder gives what was kept instead. */
  record<Kind extends EntryKind, Value>(
    codec: Codec<Kind, Value>,
    asked: Asked<Kind>,
    perform: () => Promise<Value>,
  ): Promise<Recorded<Value>>;
  /** The same for what takes no time. */
  recordNow<Kind extends EntryKind, Value>(codec: Codec<Kind, Value>, asked: Asked<Kind>, perform: () => Value): Value;
  /** A few words of the target, cut where they are long, after the secrets in them are gone. */
  readonly brief: (this: void, text: string) => string;
  /** Requests so far. */
  readonly count: () => number;
}

export interface Journal {
  /** What was recorded so far, in the order it was over within each check. */
  readonly entries: () => readonly StoredEntry[];
  /** One for the run, so that equal values look alike in all of it. */
  readonly personalData: PersonalData;
  recorderFor(check: string): Recorder;
}

/** The only place where anything is kept; it is redacted and cut before that. */
export function createJournal(redactor: Redactor, monotonic: () => number = () => performance.now()): Journal {
  const kept: StoredEntry[] = [];
  const began = monotonic();
  const ofRun = roomFor(MOST_OF_A_RUN);

  function recorderFor(check: string): Recorder {
    const ofCheck = roomFor(MOST_OF_A_CHECK);
    const store = createStore((characters) => ofCheck(characters) && ofRun(characters));
    let sequence = 0;
    let completed = 0;

    function begin(kind: EntryKind, { credentials = {}, ...asked }: Asked<EntryKind>) {
      for (const [label, values] of Object.entries(credentials))
        for (const value of values) redactor.learn(value, label);
      sequence += 1;
      const number = sequence;
      const started = monotonic();
      const at = Math.round(started - began);
      const end = (came: { readonly response: object } | { readonly failure: Failure }): void => {
        const times = { at, ms: Math.round(monotonic() - started) };
        completed += 1;
        const order = completed === number ? {} : { completed };
        const request = keep(asked, redactor, 'sent');
        const received = keep(came, redactor, 'received');
        const altered = request.altered || received.altered || isShortened(came) ? { altered: true } : {};
        const head = { check, sequence: number, ...order, kind, ...times, ...altered };
        // The codec's types have joined the kind with what it asked and received.
        kept.push(store({ ...head, ...request.value, ...received.value } as JournalEntry));
      };
      return { evidence: number, atMs: at, end };
    }

    return {
      count: () => sequence,
      brief: (text) => wellFormed(redactor.text(text).slice(0, LONGEST_WORDS)),
      async record(codec, asked, perform) {
        const { end, ...numbers } = begin(codec.kind, asked);
        try {
          const value = await perform();
          end({ response: codec.keep(value) });
          return { value, ...numbers };
        } catch (error) {
          end({ failure: failureOf(error) });
          throw error;
        }
      },
      recordNow(codec, asked, perform) {
        const { end } = begin(codec.kind, asked);
        const value = perform();
        end({ response: codec.keep(value) });
        return value;
      },
    };
  }

  return {
    entries: () => kept,
    personalData: createPersonalData(),
    recorderFor,
  };
}

/** The codec left something out. */
function isShortened(came: object): boolean {
  const response: unknown = 'response' in came ? came.response : undefined;
  return typeof response === 'object' && response !== null && ('framesCut' in response || 'chunksCut' in response);
}

function roomFor(most: number): TakeRoom {
  let left = most;
  return (characters) => {
    if (characters > left) return false;
    left -= characters;
    return true;
  };
}
