import { isArray, isInteger, isObject, member, type PhpObject, type PhpValue } from '../json/value.ts';
import type { Parsed } from '../json/parse.ts';
import { JsonRpcError } from './json-rpc-error.ts';

/** An integer within 64 bits or a string. */
export type RequestId = number | bigint | string;

export type Envelope =
  | { readonly kind: 'notification' }
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: PhpValue };

/** An error whose id the runtime could read. */
export class IdentifiedError extends JsonRpcError {
  readonly id: RequestId;

  constructor(id: RequestId, code: number, message: string) {
    super(code, message);
    this.id = id;
  }
}

/** What makes the runtime fail while it reports a failure: HTTP 500 instead of a JSON-RPC error. */
export class UnreportableId extends Error {}

/** Mirrors laravel/mcp: an absent or null `id` makes a notification, an `id` that is no integer or string a breakdown. */
export function readEnvelope(payload: Parsed): Envelope {
  if (payload.kind === 'invalid') throw new JsonRpcError(-32700, 'The body is not valid JSON');
  if (!isArray(payload.value)) throw new TypeError('the body is no JSON object');
  const body: PhpObject = isObject(payload.value) ? payload.value : new Map();
  const id = body.get('id') ?? undefined;
  return id === undefined ? readNotification(body) : readRequest(body, reportable(id));
}

function readNotification(body: PhpObject): Envelope {
  if (body.get('jsonrpc') !== '2.0') throw new JsonRpcError(-32600, 'jsonrpc must be "2.0"');
  if (typeof body.get('method') !== 'string') throw new JsonRpcError(-32600, 'method must be a string');
  readParams(body);
  return { kind: 'notification' };
}

function readRequest(body: PhpObject, id: RequestId): Envelope {
  if (body.get('jsonrpc') !== '2.0') throw new IdentifiedError(id, -32600, 'jsonrpc must be "2.0"');
  const method = body.get('method');
  if (typeof method !== 'string') throw new IdentifiedError(id, -32600, 'method must be a string');
  return { kind: 'request', id, method, params: readParams(body) };
}

function reportable(id: PhpValue): RequestId {
  if (isInteger(id) || typeof id === 'string') return id;
  throw new UnreportableId(
    `JsonRpcResponse::error(): argument $id must be of type string|int|null, ${typeName(id)} given in ` +
      '/srv/evo/core/vendor/laravel/mcp/src/Server.php',
  );
}

function typeName(value: PhpValue): string {
  if (typeof value === 'boolean') return 'bool';
  return isArray(value) ? 'array' : 'float';
}

function readParams(body: PhpObject): PhpValue {
  const params = member(body, 'params') ?? [];
  if (!isArray(params)) throw new TypeError('params is no array');
  return params;
}
