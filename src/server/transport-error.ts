import type { Trace } from './context.ts';
import { jsonResponse } from './json-response.ts';
import type { HeaderList, ServerResponse } from './message.ts';

/** Every code of contract §2.3 with its status and a short sentence. */
const TRANSPORT_ERRORS = {
  invalid_payload: [400, 'a JSON-RPC method is required'],
  unauthenticated: [401, 'Unauthenticated'],
  forbidden: [403, 'Forbidden'],
  scope_denied: [403, 'The token lacks the scope'],
  server_denied: [403, 'The policy denies this server'],
  tool_denied: [403, 'The policy denies this tool'],
  streaming_disabled: [403, 'Streams are switched off'],
  server_not_found: [404, 'No such server'],
  method_not_allowed: [405, 'This HTTP method is not allowed'],
  idempotency_conflict: [409, 'The idempotency key belongs to another payload'],
  payload_too_large: [413, 'The request body is too large'],
  result_too_large: [413, 'The answer is too large'],
  unsupported_media_type: [415, 'Send JSON'],
  rate_limited: [429, 'Too many requests in this minute'],
  internal_error: [500, 'Internal server error'],
  async_unavailable: [503, 'Nothing can queue this now'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type TransportErrorCode = keyof typeof TRANSPORT_ERRORS;

/** Thrown instead of an error body that JSON cannot hold: the trace id is not UTF-8. */
export class UnserializableTrace extends Error {}

/** What an error body needs to know of its request. */
export interface ErrorContext {
  readonly trace: Trace;
}

/** An error of the transport, outside JSON-RPC; `message` replaces the usual sentence (console context only). */
export function transportError(
  code: TransportErrorCode,
  { trace }: ErrorContext,
  extra: ErrorExtra = {},
): ServerResponse {
  const [status, usual] = TRANSPORT_ERRORS[code];
  if (trace.text === undefined) throw new UnserializableTrace();
  const error = { code, message: extra.message ?? usual, trace_id: trace.text };
  return jsonResponse(status, { error }, extra.headers);
}

export interface ErrorExtra {
  readonly message?: string;
  readonly headers?: HeaderList;
}
