import { describeAnswerer } from '../model/answered-by.ts';
import { isCut, textOf, type EntryOf, type Failure, type JournalEntry } from '../model/journal-entry.ts';

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

/** What a journal entry holds of an HTTP exchange; `undefined` where it is none. */
export function keptExchange(entry: JournalEntry): KeptExchange | undefined {
  if (entry.kind === 'login') return loginExchange(entry);
  if (entry.kind !== 'http' && entry.kind !== 'stream') return undefined;
  const { method, url, headers, bearer, session, body } = entry.request;
  const text = body === undefined ? undefined : textOf(body);
  return {
    entry,
    method,
    url,
    headers: Object.entries(headers),
    bearer,
    session,
    body: text,
    bodyIsWhole: body === undefined || !(isCut(body) || text?.includes('\uFFFD') === true),
    answer: answerOf(entry),
  };
}

/** Of a login neither the request's body nor the response's is kept. */
function loginExchange(entry: EntryOf<'login'>): KeptExchange {
  const none = { headers: [], bearer: undefined, session: undefined, body: undefined, bodyIsWhole: false };
  return { entry, ...entry.request, ...none, answer: answerOf(entry) };
}

function answerOf({ response, failure }: EntryOf<'http' | 'stream' | 'login'>): KeptAnswer {
  if (response === undefined) return { kind: 'failed', why: failure === undefined ? 'no answer' : whyNone(failure) };
  const { status, answeredBy: by } = response;
  const inPlace = by === undefined || by.kind === 'emcp' ? undefined : describeAnswerer(by);
  const kept = 'headers' in response ? { headers: response.headers, body: textOf(response.body) } : NOTHING;
  return { kind: 'answered', status, ...kept, inPlace };
}

const NOTHING = { headers: [], body: undefined };

/** In a word. */
function whyNone({ name, kind }: Failure): string {
  return name === 'unreachable' || name === 'error' ? (kind ?? name) : name;
}
