import type { RouteRequest } from '../model/probes.ts';
import type { RequestRoute } from '../model/requests.ts';

/** Where a route is. */
export interface RoutePlace {
  /** Name of the probe in the journal. */
  readonly name: 'mcp' | 'manager' | 'login';
  readonly baseUrl: URL;
  /** With `{server}` where the handle goes. */
  readonly path: string;
  readonly defaultPath: string;
  readonly servers: readonly string[];
}

/** Where a request goes: the configured path or one of its own, on the one origin. */
export function urlOf(
  { server, to, path }: RouteRequest,
  { baseUrl, path: configured, servers }: Pick<RoutePlace, 'baseUrl' | 'path' | 'servers'>,
): URL {
  const handle = encodeURIComponent(server ?? servers[0] ?? 'content');
  const filled = (path ?? configured).replaceAll('{server}', handle);
  const prefix = baseUrl.pathname.replace(/\/+$/, '');
  const url = new URL(baseUrl.origin);
  const [pathname = '', search] = `${prefix}${filled}${to === 'dispatch' ? '/dispatch' : ''}`.split('?');
  url.pathname = pathname;
  url.search = search ?? '';
  return url;
}

const DISPATCH_ROUTES = { mcp: 'dispatch', manager: 'manager-dispatch', login: 'elsewhere' } as const;

/** By where it really goes, not by what it was called: a path of its own may lead anywhere on the site. */
export function routeOf(url: URL, options: RoutePlace): RequestRoute {
  const asked = `${url.pathname}${url.search}`;
  for (const pattern of patternsOf(options)) {
    const found = pattern.exec(asked);
    if (found !== null) return found[1] === undefined ? options.name : DISPATCH_ROUTES[options.name];
  }
  return 'elsewhere';
}

const known = new WeakMap<RoutePlace, readonly RegExp[]>();

/** Made once for each route, as every request asks. */
function patternsOf(options: RoutePlace): readonly RegExp[] {
  const made =
    known.get(options) ?? [options.path, options.defaultPath].map((path) => routePattern(path, options.baseUrl));
  known.set(options, made);
  return made;
}

const HANDLE = 'emcp-handle';

/** A route with any one server handle in it, and perhaps its dispatch. */
function routePattern(path: string, baseUrl: URL): RegExp {
  const { pathname, search } = urlOf({ server: HANDLE }, { baseUrl, path, servers: [] });
  const literal = `${pathname}${search}`.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(HANDLE, '(?:(?!%2f|%5c)[^/?&#])+')}(/dispatch)?$`, 'i');
}
