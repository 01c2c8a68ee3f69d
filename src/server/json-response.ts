import { encodeJson, type Encodable } from './json/encode.ts';
import type { HeaderList, ServerResponse } from './message.ts';

const NO_CACHE = ['Cache-Control', 'no-cache, private'] as const;

/** A JSON answer with the headers Laravel gives one. */
export function jsonResponse(status: number, body: Encodable, headers: HeaderList = []): ServerResponse {
  return rawJsonResponse(status, encodeJson(body), headers);
}

/** A JSON answer whose text is made already; `''` for the empty 202. */
export function rawJsonResponse(status: number, body: string, headers: HeaderList = []): ServerResponse {
  return { status, headers: [['Content-Type', 'application/json'], NO_CACHE, ...headers], body };
}

/** The first value of a header, whatever its case. */
export function headerOf(response: ServerResponse, name: string): string | undefined {
  return response.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

export function withHeaders(response: ServerResponse, headers: HeaderList): ServerResponse {
  return { ...response, headers: [...response.headers, ...headers] };
}
