import type { ServerResponse } from '../message.ts';
import type { WorkerRepair } from '../dispatch/worker-row.ts';

/** A server entry the registry accepted. */
export interface ConsoleServer {
  readonly handle: string;
  readonly transport: string;
  readonly class: string;
}

/** What the console commands ask of the server they belong to. */
export interface ConsoleHost {
  /** The accepted entries; throws what a boot of the runtime would throw. */
  servers(): readonly ConsoleServer[];
  /** Hands a JSON-RPC body to the MCP controller itself: no routes, no tokens, no limiter. */
  call(handle: string, body: string): Promise<ServerResponse>;
  /** Brings the worker row into line, as each boot does. */
  repairWorker(): WorkerRepair;
  /** One pass over the queued tasks; gives back how many there were. */
  runTasks(): Promise<number>;
}
