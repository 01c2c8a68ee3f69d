import type { IncomingHttpHeaders } from 'node:http';

/**
 * What a request is to the application. Plain data instead of the Fetch API's `Request`, which can carry neither a
 * body on GET nor the TRACE method, both of which the contract answers for.
 */
export interface ServerRequest {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: string;
  /** Lower-case names, as `node:http` gives them. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  readonly remoteAddress: string;
}

/** A header list, not a map: the runtime sends some names twice (`Cache-Control`). */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface ServerResponse {
  readonly status: number;
  readonly headers: HeaderList;
  /** Whole, or in pieces that are written as they come. */
  readonly body: Uint8Array | string | AsyncIterable<string>;
}

/** The whole server as a function: what `listen` serves and what an `app` fault wraps. */
export type App = (request: ServerRequest, signal: AbortSignal) => Promise<ServerResponse>;
