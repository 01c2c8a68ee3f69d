import { createHash } from 'node:crypto';
import { phpTrim, toText } from '../json/cast.ts';
import { encodeJson } from '../json/encode.ts';
import type { Parsed } from '../json/parse.ts';
import { isArray, isObject, member, type PhpValue } from '../json/value.ts';

/** The body of a dispatch, as far as the runtime looks at it: JSON-RPC's own rules are left to the worker. */
export interface DispatchPayload {
  readonly method: string;
  /** A list when there were none, or none that can be used. */
  readonly params: PhpValue;
  readonly requestId: PhpValue;
  /** `''` when the body names none. */
  readonly idempotencyKey: string;
}

/** The payload of a body, or `undefined` when it names no method. */
export function readPayload(parsed: Parsed): DispatchPayload | undefined {
  if (parsed.kind === 'invalid' || !isObject(parsed.value)) {
    return undefined;
  }
  const { value } = parsed;
  const method = phpTrim(toText(member(value, 'method')));
  const params = member(value, 'params');
  return method === ''
    ? undefined
    : {
        method,
        params: isArray(params) ? params : [],
        requestId: member(value, 'id') ?? null,
        idempotencyKey: phpTrim(toText(member(value, 'idempotency_key'))),
      };
}

/** What tells two dispatches under one key apart; sensitive to the order of keys, as the runtime's is. */
export function hashPayload(handle: string, { method, params }: DispatchPayload, actor: number | null): string {
  const text = encodeJson(
    { server_handle: handle, jsonrpc_method: method, jsonrpc_params: params, actor_user_id: actor },
    { plainSlashes: true, plainUnicode: true },
  );
  return createHash('sha256').update(text).digest('hex');
}
