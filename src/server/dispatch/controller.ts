import type { CallMcp } from '../controllers/mcp-call.ts';
import { isJson, readToolName } from '../controllers/reading.ts';
import type { RequestContext } from '../context.ts';
import type { ServerResponse } from '../message.ts';
import type { Parts } from '../parts.ts';
import { limitsOf } from '../services/limits.ts';
import { headerText } from '../trace.ts';
import { transportError, UnserializableTrace, type TransportErrorCode } from '../transport-error.ts';
import { completedInline, queued, reused } from './answers.ts';
import { callInner, type InnerCall } from './inner-call.ts';
import { innerMcp } from './inner-mcp.ts';
import { hashPayload, readPayload, type DispatchPayload } from './payload.ts';
import { writeMeta, type TaskMeta } from './task-meta.ts';
import { phpTrim } from '../json/cast.ts';

export interface Dispatching {
  /** Runs a call inline, when nothing can queue it. */
  readonly callMcp: CallMcp;
  /** Is told of each task that was queued. */
  readonly wake: () => void;
}

/** An answer and what the audit line says of it. */
interface Outcome {
  readonly response: ServerResponse;
  /** The method of a dispatch that was queued or run; all else is logged as `dispatch`. */
  readonly method?: string;
  readonly taskId?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The controller behind `POST /{server}/dispatch`; twin of eMCP's dispatch controller. */
export function createDispatchController(
  parts: Parts,
  dispatching: Dispatching,
): (context: RequestContext) => Promise<ServerResponse> {
  return async (context) => {
    const { response, ...line } = await answer(parts, dispatching, context);
    parts.services.audit.record({
      ...context,
      traceId: context.trace.text ?? '',
      method: 'dispatch',
      status: response.status,
      ...line,
    });
    return response;
  };
}

async function answer(parts: Parts, dispatching: Dispatching, context: RequestContext): Promise<Outcome> {
  const payload = readPayload(context.payload());
  const refusal = refuse(parts, context, payload);
  if (refusal !== undefined || payload === undefined) {
    return { response: transportError(refusal ?? 'invalid_payload', context) };
  }
  try {
    return await dispatch(parts, dispatching, { context, payload });
  } catch (error) {
    if (error instanceof UnserializableTrace) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const { channel } = parts.settings.logging;
    parts.ports.log('error', { channel, trace_id: context.trace.text ?? '', message });
    return { response: transportError('internal_error', context) };
  }
}

/** The refusals in the contract's order; the registry comes before the tool policy here. */
function refuse(
  { settings, services }: Parts,
  { server, request, payload: body }: RequestContext,
  payload: DispatchPayload | undefined,
): TransportErrorCode | undefined {
  if (!isJson(headerText(request, 'content-type'))) {
    return 'unsupported_media_type';
  }
  if (request.body.length > limitsOf(settings, server).maxDispatchPayload) {
    return 'payload_too_large';
  }
  if (!services.securityPolicy.allowsServer(server)) {
    return 'server_denied';
  }
  if (services.registry.find(server) === undefined) {
    return 'server_not_found';
  }
  if (payload === undefined) {
    return 'invalid_payload';
  }
  const tool = readToolName(body());
  return tool !== undefined && !services.securityPolicy.allowsTool(server, tool) ? 'tool_denied' : undefined;
}

interface Dispatch {
  readonly context: RequestContext;
  readonly payload: DispatchPayload;
}

/** What can be done with a call that was not seen before. */
type Way = 'queue' | 'inline' | 'none';

async function dispatch(parts: Parts, { callMcp, wake }: Dispatching, given: Dispatch): Promise<Outcome> {
  const way = wayOf(parts);
  const meta = describeTask(given, keyOf(given, parts.settings.idempotency.header), way);
  const { context } = given;
  // Nothing is awaited between the look at the key and the record of a queued task: one key, one task.
  const again = reuse(parts, context, meta);
  if (again !== undefined) {
    return again;
  }
  switch (way) {
    case 'queue': {
      const outcome = enqueue(parts, meta);
      wake();
      return outcome;
    }
    case 'inline':
      return runInline(parts, innerMcp(callMcp, { ...context, console: false }), meta);
    case 'none':
      return { response: transportError('async_unavailable', context) };
  }
}

function wayOf({ settings, services }: Parts): Way {
  const { driver, failover } = settings.queue;
  if (driver === 'stask' && services.tasks.available()) {
    return 'queue';
  }
  return failover === 'sync' ? 'inline' : 'none';
}

function keyOf({ context, payload }: Dispatch, header: string): string {
  return phpTrim(utf8(headerText(context.request, header))) || payload.idempotencyKey;
}

// Only an inline run invents a key, which is why repeating it answers from the cache.
function describeTask({ context, payload }: Dispatch, key: string, way: Way): TaskMeta {
  const { trace, actor, server, request } = context;
  if (trace.text === undefined) {
    throw new UnserializableTrace();
  }
  const payloadHash = hashPayload(server, payload, actor.userId);
  return {
    handle: server,
    method: payload.method,
    params: payload.params,
    requestId: payload.requestId,
    sessionId: utf8(headerText(request, 'mcp-session-id')),
    traceId: trace.text,
    idempotencyKey: key === '' && way === 'inline' ? `sync:${payloadHash.slice(0, 40)}` : key,
    actor: actor.userId,
    context: actor.context,
    payloadHash,
  };
}

function reuse({ services }: Parts, context: RequestContext, meta: TaskMeta): Outcome | undefined {
  const key = meta.idempotencyKey;
  const record = key === '' ? undefined : services.idempotency.find(key);
  if (record === undefined) {
    return undefined;
  }
  const conflict = record.payloadHash !== meta.payloadHash;
  return {
    response: conflict ? transportError('idempotency_conflict', context) : reused(key, record),
    taskId: record.taskId,
    extra: { idempotency_key: key, reused: !conflict },
  };
}

function enqueue({ services }: Parts, meta: TaskMeta): Outcome {
  const { idempotencyKey, payloadHash, traceId, method } = meta;
  const taskId = services.tasks.queue(writeMeta(meta), meta.actor);
  if (idempotencyKey !== '') {
    services.idempotency.save(idempotencyKey, { status: 'accepted', payloadHash, taskId, traceId });
  }
  return { response: queued(meta, taskId), method, taskId };
}

async function runInline({ services, ports }: Parts, call: InnerCall, meta: TaskMeta): Promise<Outcome> {
  const { idempotencyKey, payloadHash, traceId, method } = meta;
  const result = await callInner(call, meta, ports.uuid);
  services.idempotency.save(idempotencyKey, { status: 'completed', payloadHash, taskId: 0, traceId, result });
  return { response: completedInline(meta, result), method };
}

/** Node gives header bytes as Latin-1; bytes that are no UTF-8 cannot be written into a task. */
function utf8(header: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
}
