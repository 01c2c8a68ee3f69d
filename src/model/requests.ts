/**
 * Requests a check sends at most, by bucket. A bucket is `[route:]method`: the route is the API transport when none is
 * named, else `dispatch`, `manager`, `manager-dispatch`, `login`, or `elsewhere` for any other path of the site; the method is that of JSON-RPC, `other` for one no
 * specification has, `GET` for a request without a body, `unknown` where none can be read (contract §5).
 */
export type RequestCount = Readonly<Record<string, number>>;

/**
 * Stands in a message for an id that no other has: a number of as many digits takes its place where it is sent. A number,
 * as clients send it, so that a gateway that turns ids into text is found out.
 */
export const FRESH_ID = 100_000_000_001;

/** The number for a nonce, which is hexadecimal. */
export function freshId(nonce: string): number {
  return 100_000_000_002 + (Number.parseInt(nonce, 16) % 800_000_000_000);
}

/** Requests a check may repeat besides, where somebody else than eMCP answered or a socket was closed. */
export const REPEATS_PER_CHECK = 2;

export const ROUTES = ['mcp', 'dispatch', 'manager', 'manager-dispatch', 'login', 'elsewhere'] as const;
export type RequestRoute = (typeof ROUTES)[number];

/** Methods of MCP as eMCP speaks it (contract §4.1, §6.2); every other one is counted as `other`. */
const METHODS = new Set([
  'initialize',
  'ping',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'notifications/initialized',
  'GET',
  'unknown',
]);

export function bucketOf(route: RequestRoute, method: string): string {
  const known = METHODS.has(method) ? method : 'other';
  return route === 'mcp' ? known : `${route}:${known}`;
}

export function readBucket(bucket: string): { readonly route: RequestRoute; readonly method: string } {
  const [, prefix, method = bucket] = /^([a-z-]+):(.*)$/.exec(bucket) ?? [];
  return { route: ROUTES.find((route) => route === prefix) ?? 'mcp', method };
}

/** The bucket of eMCP's rate limiter: dispatch shares that of its method (contract §5). */
export function limiterBucketOf(bucket: string): { readonly route: 'mcp' | 'manager'; readonly method: string } {
  const { route, method } = readBucket(bucket);
  return { route: route.startsWith('manager') ? 'manager' : 'mcp', method };
}

export function sumRequests(counts: readonly RequestCount[]): RequestCount {
  const sums: Record<string, number> = {};
  for (const count of counts) {
    for (const [bucket, requests] of Object.entries(count)) sums[bucket] = (sums[bucket] ?? 0) + requests;
  }
  return sums;
}

export function requestsIn(count: RequestCount): number {
  return Object.values(count).reduce((all, one) => all + one, 0);
}

/** The scope a stock `content` server asks of each method (contract §4.3); `undefined` where it asks for none. */
export function scopeFor(method: string): string | undefined {
  if (method === 'GET' || method === 'unknown') return undefined;
  if (method === 'initialize' || method === 'tools/list' || method === 'resources/read') return 'mcp:read';
  return method === 'tools/call' ? 'mcp:call' : 'mcp:admin';
}
