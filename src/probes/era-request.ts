import type { RouteProbe, RouteRequest } from '../model/probes.ts';
import { FRESH_ID } from '../model/requests.ts';
import type { Era, RpcMessage } from '../protocol/eras/era.ts';

/** A request, and what it says where an era wrote it: it is counted by that, whatever its body looks like. */
export interface EraRequest extends RouteRequest {
  readonly message?: RpcMessage;
}

/** One JSON-RPC request as clients of the era send it. */
export function requestIn(
  era: Era,
  [method, params, { id = FRESH_ID, ...options } = {}]: Parameters<RouteProbe['request']>,
): EraRequest {
  const message = { id, method, ...(params === undefined ? {} : { params }) };
  const { body, headers } = era.request(message);
  return { ...options, body, headers: { ...headers, ...options.headers }, message };
}
