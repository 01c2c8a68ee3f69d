import { answeredBy, describeAnswerer } from '../model/answered-by.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { at, isObject, type Json } from '../model/json.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** One HTTP question and its answer as the journal keeps them. */
export interface KeptExchange {
  readonly entry: JournalEntry;
  readonly method: string;
  readonly url: string;
  readonly headers: Pairs;
  /** How the credential sent along is called; the credential itself is never kept. */
  readonly bearer: string | undefined;
  readonly session: string | undefined;
  readonly body: string | undefined;
  /** The body as kept is not the body as sent: cut, or bytes that are no text. */
  readonly bodyIsWhole: boolean;
  readonly answer: KeptAnswer;
}

export type KeptAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Pairs;
      readonly body: string | undefined;
      /** Who answered in place of eMCP, as a sentence with the status. */
      readonly inPlace: string | undefined;
    }
  /** No answer came; `why` says in a word what stopped it. */
  | { readonly kind: 'failed'; readonly why: string };

/** Reads a journal entry, whichever probe wrote it; `undefined` where it is no HTTP exchange. */
export function keptExchange(entry: JournalEntry): KeptExchange | undefined {
  const { question } = entry;
  const [method, url, body] = [text(question['method']), text(question['url']), text(question['body'])];
  if (method === undefined || url === undefined) return undefined;
  return {
    entry,
    method,
    url,
    headers: pairs(question['headers']),
    bearer: text(question['bearer']),
    session: text(question['session']),
    body,
    bodyIsWhole: body === undefined || !(/… \((?:cut|\d+ more characters)\)$/.test(body) || body.includes('\uFFFD')),
    answer: answerOf(entry),
  };
}

function answerOf({ outcome }: JournalEntry): KeptAnswer {
  const status = outcome['status'];
  if (typeof status !== 'number') return { kind: 'failed', why: text(outcome['failed']) ?? 'no answer' };
  const by = answeredBy.safeParse(outcome['answeredBy']).data;
  const inPlace = by === undefined || by.kind === 'emcp' ? undefined : describeAnswerer(by);
  return { kind: 'answered', status, headers: pairs(outcome['headers']), body: text(outcome['body']), inPlace };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Headers are kept as a list where order and duplicates matter, as an object where they do not. */
function pairs(value: Json | undefined): Pairs {
  const listed = isObject(value) ? Object.entries(value) : Array.isArray(value) ? value : [];
  return listed.flatMap((pair: Json) => {
    const [name, inner] = [at(pair, 0), at(pair, 1)];
    return typeof name === 'string' && typeof inner === 'string' ? [[name, inner] as const] : [];
  });
}
