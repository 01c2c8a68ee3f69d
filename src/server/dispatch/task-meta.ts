import type { Actor } from '../context.ts';
import { encodeJson } from '../json/encode.ts';
import { parseJson } from '../json/parse.ts';
import { isArray, member, type PhpValue } from '../json/value.ts';

/** What a task row keeps of the dispatch that queued it. */
export interface TaskMeta {
  readonly handle: string;
  readonly method: string;
  readonly params: PhpValue;
  readonly requestId: PhpValue;
  readonly sessionId: string;
  readonly traceId: string;
  /** `''` for a dispatch without a key. */
  readonly idempotencyKey: string;
  readonly actor: number | null;
  readonly context: Actor['context'];
  readonly payloadHash: string;
}

/** The JSON text of the column `meta`, in the runtime's key order. */
export function writeMeta(meta: TaskMeta): string {
  return encodeJson({
    server_handle: meta.handle,
    jsonrpc_method: meta.method,
    jsonrpc_params: meta.params,
    request_id: meta.requestId,
    session_id: meta.sessionId,
    trace_id: meta.traceId,
    idempotency_key: meta.idempotencyKey,
    actor_user_id: meta.actor,
    initiated_by_user_id: meta.actor,
    context: meta.context,
    attempts: 0,
    max_attempts: 3,
    payload_hash: meta.payloadHash,
  });
}

/** Reads a column `meta`; what is absent or of another type reads as empty, as it does in the runtime's worker. */
export function readMeta(text: string): TaskMeta {
  const parsed = parseJson(new TextEncoder().encode(text));
  const meta = parsed.kind === 'value' ? parsed.value : null;
  const string = (key: string) => {
    const value = member(meta, key);
    return typeof value === 'string' ? value : '';
  };
  const params = member(meta, 'jsonrpc_params');
  const actor = member(meta, 'actor_user_id');
  const context = string('context');
  return {
    handle: string('server_handle'),
    method: string('jsonrpc_method'),
    params: isArray(params) ? params : [],
    requestId: member(meta, 'request_id') ?? null,
    sessionId: string('session_id'),
    traceId: string('trace_id'),
    idempotencyKey: string('idempotency_key'),
    actor: typeof actor === 'number' ? actor : null,
    context: context === 'mgr' || context === 'api' ? context : 'cli',
    payloadHash: string('payload_hash'),
  };
}
