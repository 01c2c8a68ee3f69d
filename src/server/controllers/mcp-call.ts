import type { Actor, Trace } from '../context.ts';
import type { Parsed } from '../json/parse.ts';
import type { ServerResponse } from '../message.ts';

/** One JSON-RPC message for one server, past the middleware: from the route, from a dispatch or from the worker. */
export interface McpCall {
  readonly server: string;
  readonly contentType: string;
  /** Bytes of the body. */
  readonly size: number;
  readonly payload: () => Parsed;
  readonly trace: Trace;
  readonly requestId: string;
  readonly actor: Actor;
  readonly identity: string;
  /** In the worker an internal error carries the text of what was thrown. */
  readonly console: boolean;
  readonly startedAt: number;
  readonly signal: AbortSignal;
}

/** Answers whatever comes; failures are answers too. */
export type CallMcp = (call: McpCall) => Promise<ServerResponse>;
