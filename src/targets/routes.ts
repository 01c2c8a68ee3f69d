import type { Probes, StreamProbe } from '../model/probes.ts';
import { createRoute, type RouteOptions } from '../probes/route.ts';
import { createStream } from '../probes/stream.ts';
import { STOCK_API_PATH, STOCK_MANAGER_PATH } from './settings.ts';

interface Paths extends Pick<StreamProbe, 'open'> {
  readonly apiPath: string;
  readonly managerPath: string;
}

/** The probes of both routes, wherever a target has them. */
export function routeProbes(
  shared: Omit<RouteOptions, 'name' | 'path' | 'defaultPath'>,
  { apiPath, managerPath, open }: Paths,
): Pick<Probes, 'mcp' | 'manager' | 'stream'> {
  const api = { ...shared, path: apiPath, defaultPath: STOCK_API_PATH };
  return {
    mcp: createRoute({ ...api, name: 'mcp' }),
    manager: createRoute({ ...shared, name: 'manager', path: managerPath, defaultPath: STOCK_MANAGER_PATH }),
    stream: createStream({ ...api, ...(open === undefined ? {} : { open }) }),
  };
}
