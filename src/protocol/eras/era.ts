import type { Exchange } from '../../model/evidence.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Revisions } from '../../model/revisions.ts';

/** What one JSON-RPC request says, in whatever way an era writes it. */
export type RpcMessage = {
  readonly id: Json;
  readonly method: string;
  readonly params?: JsonObject;
};

/** Protocol revisions whose clients speak alike. */
export interface Era {
  readonly id: string;
  readonly revisions: Revisions;
  /** Params of `initialize`, by which a client introduces itself in this revision. */
  introduction(this: void, protocolVersion: string): JsonObject;
  /** How a message is sent: the body, and headers besides those of every request. */
  request(this: void, message: RpcMessage): { readonly body: Json; readonly headers: Readonly<Record<string, string>> };
  /** The result of an answer; `undefined` where it has none. */
  resultOf(this: void, answer: Pick<Exchange, 'status' | 'parsed'>): JsonObject | undefined;
}
