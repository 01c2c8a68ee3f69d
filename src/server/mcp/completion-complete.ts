import { JsonRpcError } from './json-rpc-error.ts';
import type { Method } from './method.ts';

/** The capability is not declared. */
export const completionComplete: Method = () => {
  throw new JsonRpcError(-32601, 'This server does not complete anything');
};
