import { parseJson } from '../json/parse.ts';
import type { PhpValue } from '../json/value.ts';
import { jsonResponse } from '../json-response.ts';
import type { ServerResponse } from '../message.ts';
import type { IdempotencyRecord } from './idempotency.ts';
import type { TaskMeta } from './task-meta.ts';

/** A task was queued. */
export function queued(meta: TaskMeta, taskId: number): ServerResponse {
  return dispatched(202, {
    status: 'accepted',
    task_id: taskId,
    trace_id: meta.traceId,
    idempotency_key: meta.idempotencyKey === '' ? null : meta.idempotencyKey,
    reused: false,
  });
}

/** The call ran inline. */
export function completedInline(meta: TaskMeta, result: string): ServerResponse {
  return dispatched(200, {
    status: 'completed',
    task_id: null,
    trace_id: meta.traceId,
    idempotency_key: meta.idempotencyKey,
    reused: false,
    result: decode(result),
  });
}

/** The key was seen before with the same payload; the trace is that of the first call. */
export function reused(key: string, { status, taskId, traceId, result }: IdempotencyRecord): ServerResponse {
  const head = { status, task_id: taskId, trace_id: traceId, idempotency_key: key, reused: true };
  return status === 'completed'
    ? dispatched(200, { ...head, ...(result === undefined ? {} : { result: decode(result) }) })
    : dispatched(202, head);
}

interface DispatchBody {
  readonly status: IdempotencyRecord['status'];
  readonly task_id: number | null;
  readonly trace_id: string;
  readonly idempotency_key: string | null;
  readonly reused: boolean;
  readonly result?: PhpValue;
}

function dispatched(status: number, body: DispatchBody): ServerResponse {
  return jsonResponse(status, { ...body });
}

function decode(result: string): PhpValue {
  const parsed = parseJson(new TextEncoder().encode(result));
  return parsed.kind === 'value' ? parsed.value : null;
}
