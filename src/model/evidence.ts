import type { AnsweredBy } from './answered-by.ts';
import type { Json } from './json.ts';

/** Anything an observation can point at: the number of a journal entry of the same check. */
export interface Evidence {
  readonly evidence: number;
  /** Who gave it, where it is an HTTP answer. */
  readonly answeredBy?: AnsweredBy;
}

/** Name and value as they came, in order, duplicates kept. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What the body was as JSON. `why` is a short reason, never the body itself. */
export type Parsed =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'not-json'; readonly why: string };

/** One HTTP question and its whole answer. A status is never an error here. */
export interface Exchange extends Evidence {
  readonly request: { readonly method: string; readonly url: string };
  readonly status: number;
  readonly headers: HeaderList;
  /** Decoded as UTF-8 with replacement; cut at the byte cap. */
  readonly text: string;
  readonly bytes: number;
  readonly parsed: Parsed;
  /** Who gave the answer; only one of eMCP says anything about eMCP. */
  readonly answeredBy: AnsweredBy;
  /** Milliseconds; `atMs` from the opening of the target to the request. */
  readonly timing: { readonly atMs: number; readonly firstByteMs: number; readonly totalMs: number };
}

/** All values of a header, in order. */
export function headers(exchange: { readonly headers: HeaderList }, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return exchange.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** The only value of a header; `undefined` when it is absent or sent twice with different values. */
export function header(exchange: { readonly headers: HeaderList }, name: string): string | undefined {
  const values = new Set(headers(exchange, name));
  return values.size === 1 ? values.values().next().value : undefined;
}

/** The media type without its parameters, in lower case. */
export function mediaType(exchange: { readonly headers: HeaderList }): string | undefined {
  return header(exchange, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** The JSON body, or `undefined` where the body is not JSON. */
export function jsonOf(exchange: Exchange): Json | undefined {
  return exchange.parsed.kind === 'json' ? exchange.parsed.value : undefined;
}
