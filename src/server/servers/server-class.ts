import type { Tool } from '../tools/tool.ts';

/** What a PHP class derived from the laravel/mcp server base says of itself. */
export interface ServerClass {
  /** The name of the class, as an entry of `mcp.servers` gives it. */
  readonly class: string;
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  readonly tools: readonly Tool[];
}
