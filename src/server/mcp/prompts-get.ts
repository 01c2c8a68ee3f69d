import { toText } from '../json/cast.ts';
import { JsonRpcError } from './json-rpc-error.ts';
import { param, type Method } from './method.ts';

/** No server here has prompts, so every read misses. */
export const promptsGet: Method = (call) => {
  const name = param(call, 'name');
  const message = name === undefined ? 'The name of a prompt is missing' : `There is no prompt [${toText(name)}]`;
  throw new JsonRpcError(-32602, message);
};
