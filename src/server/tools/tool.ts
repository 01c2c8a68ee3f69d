import type { Database } from '../database.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The values of settings a tool may look at, already clamped. */
export interface ToolLimits {
  /** `limits.max_result_items`. */
  readonly maxItems: number;
  /** `domain.content.*` */
  readonly content: { readonly maxDepth: number; readonly maxLimit: number; readonly maxOffset: number };
  /** `domain.models.*` */
  readonly models: { readonly maxOffset: number; readonly allow: readonly string[] };
}

export interface ToolContext {
  /** The CMS tables; see `content/`. */
  readonly site: Database;
  readonly limits: ToolLimits;
  readonly toolsetVersion: string;
  readonly signal: AbortSignal;
}

/** One message of a streamed answer: a notification, or the one final result. */
export type StreamMessage =
  | { readonly kind: 'notification'; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'result'; readonly text: string };

/**
 * What a tool gives back: structured content, bare text, or a stream of messages.
 * Throwing `InvalidArguments` becomes `isError: true`; any other throw becomes -32603.
 */
export type ToolOutcome =
  | { readonly kind: 'structured'; readonly value: JsonObject }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stream'; readonly messages: AsyncIterable<StreamMessage> };

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  call(args: JsonObject, context: ToolContext): ToolOutcome | Promise<ToolOutcome>;
}

/** The arguments do not pass validation; `problems` are sentences, joined by a blank on the wire (contract §6.5). */
export class InvalidArguments extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(' '));
    this.name = 'InvalidArguments';
    this.problems = problems;
  }
}
