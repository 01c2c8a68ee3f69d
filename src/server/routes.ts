import type { RouteKind } from './context.ts';
import type { Settings } from './settings.ts';

export type RouteAction = 'mcp' | 'dispatch' | 'method-not-allowed' | 'servers' | 'token';

/** `{server}` stands for one path segment. */
export interface Route {
  readonly kind: RouteKind | 'token';
  readonly methods: readonly string[];
  readonly path: string;
  readonly action: RouteAction;
}

export interface RouteMatch {
  readonly route: Route;
  /** The handle; `''` for a route without one. */
  readonly server: string;
}

/** The version segment eMCP's package descriptor fixes, whatever `SAPI_VERSION` says. */
const MCP_VERSION = 'v1';

/** Both route tables in the order they are registered: the first that fits wins, which shadows the listing. */
export function routesOf({ enable, mode, route, sapi }: Settings): readonly Route[] {
  const api = joinPath(sapi.basePath, MCP_VERSION, route.apiPrefix);
  const manager = joinPath(route.managerPrefix);
  return [
    { kind: 'token', methods: ['POST'], path: joinPath(sapi.basePath, sapi.version, 'token'), action: 'token' },
    ...(enable && mode.api ? endpoints('api', api) : []),
    ...endpoints('manager', manager),
    { kind: 'manager', methods: ['GET', 'HEAD'], path: `${manager}/servers`, action: 'servers' },
  ];
}

function endpoints(kind: RouteKind, prefix: string): readonly Route[] {
  return [
    { kind, methods: ['POST'], path: `${prefix}/{server}`, action: 'mcp' },
    { kind, methods: ['POST'], path: `${prefix}/{server}/dispatch`, action: 'dispatch' },
    { kind, methods: ['GET', 'HEAD'], path: `${prefix}/{server}`, action: 'method-not-allowed' },
  ];
}

/** The routes a path fits, whatever the method. */
export function matchPath(routes: readonly Route[], path: string): readonly RouteMatch[] {
  const decoded = decodePath(path);
  if (decoded === undefined) return [];
  return routes.flatMap((route) => {
    const server = handleIn(route.path, decoded);
    return server === undefined ? [] : [{ route, server }];
  });
}

function handleIn(pattern: string, path: string): string | undefined {
  const [before = '', after] = pattern.split('{server}');
  if (after === undefined) return path === pattern ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const handle = path.slice(before.length, path.length - after.length);
  return handle === '' || handle.includes('/') ? undefined : handle;
}

/** Percent-decoded, slashes at the end dropped; `undefined` for what is not UTF-8 afterwards. */
function decodePath(path: string): string | undefined {
  const trimmed = path.replace(/\/+$/, '');
  const bytes = Buffer.from(
    trimmed.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function joinPath(...segments: readonly string[]): string {
  return segments.map((segment) => (segment === '' ? '' : `/${segment}`)).join('');
}
