import { toText } from '../json/cast.ts';
import { JsonRpcError } from './json-rpc-error.ts';
import { param, type Method } from './method.ts';

/** No server here has resources, so every read misses. */
export const resourcesRead: Method = (call) => {
  const uri = param(call, 'uri');
  const message = uri === undefined ? 'The uri of a resource is missing' : `There is no resource [${toText(uri)}]`;
  throw new JsonRpcError(-32002, message);
};
