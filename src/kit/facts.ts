import { holds, type Seeing } from './observe.ts';
import { at, FRESH_ID, jsonOf, mediaType, type AnswererKind, type Exchange, type Json } from './vocabulary.ts';

/** A JSON-RPC request of the legacy era to be spoilt; every other one is sent by `request`. */
export function rpc(method: string): Json {
  return { jsonrpc: '2.0', id: FRESH_ID, method };
}

/** What a transport error says, in the shape `{"error":{"code","message","trace_id"}}` (contract §2.3). */
export function refusalOf(reply: Exchange): { readonly status: number; readonly code: Json; readonly traceId: string } {
  const body = jsonOf(reply);
  return {
    status: reply.status,
    code: at(body, 'error', 'code') ?? `(${mediaType(reply) ?? 'no media type'} without an error code)`,
    traceId: isNamed(at(body, 'error', 'trace_id')) ? 'in the body' : 'missing in the body',
  };
}

function isNamed(traceId: Json | undefined): boolean {
  return typeof traceId === 'string' && traceId !== '';
}

interface Refusal {
  readonly reply: Exchange;
  readonly status: number;
  readonly code: string;
  /** Whose answers say something here, when eMCP's are not the only ones. */
  readonly by?: readonly AnswererKind[];
}

/**
 * eMCP refused the request with this status and code, and the refusal can be traced. A proxy may take the header of the
 * trace away; whether it arrives is a claim of its own.
 */
export function refusal(slug: string, fact: Refusal): Seeing {
  const actual = refusalOf(fact.reply);
  const expected = { status: fact.status, code: fact.code, traceId: 'in the body' };
  const held =
    actual.status === expected.status && actual.code === expected.code && actual.traceId === expected.traceId;
  const by = fact.by === undefined ? {} : { by: fact.by };
  return holds(slug, { actual, expected, held, seen: fact.reply, ...by });
}

/** What a JSON-RPC answer is, in few words: its result's kind or its error's code. */
export function rpcOutcome(reply: Exchange): { readonly status: number; readonly answer: Json } {
  const body = jsonOf(reply);
  const code = at(body, 'error', 'code');
  if (at(body, 'jsonrpc') !== '2.0')
    return { status: reply.status, answer: code ?? mediaType(reply) ?? 'no media type' };
  return {
    status: reply.status,
    answer: at(body, 'result') === undefined ? (code ?? 'neither result nor error') : 'result',
  };
}

/** HTTP 200 with a JSON-RPC result. */
export function succeeds(slug: string, reply: Exchange): Seeing {
  const actual = rpcOutcome(reply);
  const held = actual.status === 200 && actual.answer === 'result' && mediaType(reply) === 'application/json';
  return holds(slug, { actual, expected: { status: 200, answer: 'result' }, held, seen: reply });
}

/** The runtime answered `initialize`, with a result or an error of JSON-RPC; what it said is judged elsewhere. */
export function reachedRuntime(reply: Exchange): boolean {
  const body = jsonOf(reply);
  const spoke =
    typeof at(body, 'result', 'protocolVersion') === 'string' || typeof at(body, 'error', 'code') === 'number';
  return reply.status === 200 && at(body, 'jsonrpc') === '2.0' && spoke;
}

/** eMCP let the request pass authentication, scope and limiter: it gave JSON-RPC, or judged the request itself. */
export function wasLetIn({ answeredBy, status }: Exchange): boolean {
  return answeredBy.kind === 'emcp' && status !== 401 && status !== 403 && status !== 429 && status < 500;
}
