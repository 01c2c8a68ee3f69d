import type { Encodable } from '../json/encode.ts';
import type { PhpValue } from '../json/value.ts';
import { member } from '../json/value.ts';
import type { ServerClass } from '../servers/server-class.ts';
import type { JsonObject, StreamMessage, ToolContext } from '../tools/tool.ts';

/** One request on its way to the method it names. */
export interface MethodCall {
  /** A list or an object; absent params are an empty list, as in PHP. */
  readonly params: PhpValue;
  readonly arguments: JsonObject;
  readonly server: ServerClass;
  readonly toolsetVersion: string;
  readonly toolContext: () => Promise<ToolContext>;
}

export type MethodAnswer =
  | { readonly kind: 'result'; readonly value: Encodable }
  | { readonly kind: 'stream'; readonly messages: AsyncIterable<StreamMessage> };

/** A JSON-RPC method: throws `JsonRpcError` for an error of its own choice, anything else for -32603. */
export type Method = (call: MethodCall) => MethodAnswer | Promise<MethodAnswer>;

/** A parameter by name; null counts as absent, as after PHP's `??`. */
export function param(call: MethodCall, name: string): Exclude<PhpValue, null> | undefined {
  return member(call.params, name) ?? undefined;
}

export function result(value: Encodable): MethodAnswer {
  return { kind: 'result', value };
}
