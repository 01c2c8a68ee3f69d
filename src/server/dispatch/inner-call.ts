import { encodeJson } from '../json/encode.ts';
import { parseJson } from '../json/parse.ts';
import type { ServerResponse } from '../message.ts';
import type { TaskMeta } from './task-meta.ts';

/** Hands a JSON-RPC body to the MCP controller for the actor of a task, in the request or in the worker. */
export type InnerCall = (meta: TaskMeta, body: string) => Promise<ServerResponse>;

/**
 * Runs the call of a task and gives back its result as JSON text. Whatever the controller answers is a result, errors
 * included; only a stream cannot be kept, and throws.
 */
export async function callInner(call: InnerCall, meta: TaskMeta, freshId: () => string): Promise<string> {
  const body = encodeJson({
    jsonrpc: '2.0',
    id: meta.requestId ?? freshId(),
    method: meta.method,
    params: meta.params,
  });
  const reply = await call(meta, body);
  const session = reply.headers.find(([name]) => name.toLowerCase() === 'mcp-session-id');
  return encodeJson({
    http_status: reply.status,
    session_id: session?.[1] ?? '',
    trace_id: meta.traceId,
    response: decode(bytesOf(reply.body)),
  });
}

function bytesOf(body: ServerResponse['body']): Uint8Array {
  if (typeof body === 'string') {
    return new TextEncoder().encode(body);
  }
  if (body instanceof Uint8Array) {
    return body;
  }
  throw new Error('A streamed answer cannot be kept as the result of a task.');
}

function decode(body: Uint8Array) {
  const parsed = parseJson(body);
  return parsed.kind === 'value' ? parsed.value : { raw: new TextDecoder().decode(body) };
}
