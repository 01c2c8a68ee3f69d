import type { AnyCheck, Impact } from '../model/check.ts';
import type { BucketLoad, Exclusion } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import { limiterBucketOf, type RequestCount } from '../model/requests.ts';
import type { TargetFacts } from '../model/target.ts';

export interface Candidate {
  readonly check: AnyCheck;
  readonly after: readonly string[];
  /** With the ordinary identity, and all others. */
  readonly requests: RequestCount;
  readonly otherRequests: RequestCount;
}

export interface Paced {
  readonly planned: ReadonlyMap<string, Candidate & { readonly window: number }>;
  readonly refused: ReadonlyMap<string, Exclusion>;
  readonly buckets: readonly BucketLoad[];
  readonly windows: number;
}

interface Limits {
  readonly profile: Profile;
  readonly target: TargetFacts;
  readonly wait: boolean;
}

const LANES: readonly Impact[] = ['read', 'write', 'load'];

/**
 * Spreads checks that share one rate-limit identity over limiter windows, so that no bucket (route × JSON-RPC method)
 * gets more requests than expected. Without `wait`, what does not fit the first window is refused before anything is sent.
 */
export function budget(candidates: readonly Candidate[], limits: Limits): Paced {
  const loads: Map<string, number>[] = [];
  const planned = new Map<string, Candidate & { window: number }>();
  const refused = new Map<string, Exclusion>();
  for (const candidate of inRunningOrder(candidates)) {
    const first = Math.max(0, ...candidate.after.map((id) => planned.get(id)?.window ?? 0));
    const shared = sharedRequests(candidate, limits.target);
    const window = firstWithRoom(loads, shared, { first, limit: limitOf(limits.profile) });
    if (window !== undefined && (window === 0 || limits.wait)) {
      planned.set(candidate.check.id, { ...candidate, window });
      add(loads, window, shared);
    } else {
      refused.set(candidate.check.id, { kind: 'budget', reason: refusal(shared, window) });
    }
  }
  return { planned, refused, buckets: totals(loads, limits), windows: Math.max(1, loads.length) };
}

function limitOf(profile: Profile): number {
  const expected = profile.expect.rate.perMinute;
  return expected === 'unlimited' ? Infinity : expected;
}

/** Prerequisites first, then by lane; otherwise as given. */
function inRunningOrder(candidates: readonly Candidate[]): Candidate[] {
  const byId = new Map(candidates.map((candidate) => [candidate.check.id, candidate]));
  const ordered = new Set<Candidate>();
  const visit = (candidate: Candidate): void => {
    if (ordered.has(candidate)) return;
    for (const id of candidate.after) {
      const before = byId.get(id);
      if (before && before !== candidate) visit(before);
    }
    ordered.add(candidate);
  };
  for (const lane of LANES) candidates.filter(({ check }) => check.impact === lane).forEach(visit);
  return [...ordered];
}

/** The requests that fall into buckets of the rate limiter which other checks use too, by `route method`. */
function sharedRequests({ requests }: Candidate, target: TargetFacts): [bucket: string, count: number][] {
  const shared = new Map<string, number>();
  for (const [bucket, count] of Object.entries(requests)) {
    const { route, method } = limiterBucketOf(bucket);
    if (count > 0 && target.sharedIdentities.includes(route)) {
      shared.set(`${route} ${method}`, (shared.get(`${route} ${method}`) ?? 0) + count);
    }
  }
  return [...shared];
}

function firstWithRoom(
  loads: readonly Map<string, number>[],
  shared: readonly [string, number][],
  { first, limit }: { readonly first: number; readonly limit: number },
): number | undefined {
  if (shared.some(([, count]) => count > limit)) return undefined;
  const fits = (load: Map<string, number> | undefined): boolean =>
    shared.every(([bucket, count]) => (load?.get(bucket) ?? 0) + count <= limit);
  let window = first;
  while (!fits(loads[window])) window += 1;
  return window;
}

function add(loads: Map<string, number>[], window: number, shared: readonly [string, number][]): void {
  while (loads.length <= window) loads.push(new Map());
  const load = loads[window];
  for (const [bucket, count] of shared) load?.set(bucket, (load.get(bucket) ?? 0) + count);
}

function refusal(shared: readonly [string, number][], window: number | undefined): string {
  const worst = shared.toSorted(([, a], [, b]) => b - a)[0];
  const wanted = worst ? `${worst[1]} ${worst[0].replace(/^mcp /, '')} requests` : 'its requests';
  return window === undefined
    ? `${wanted} are more than one limiter window allows this identity`
    : `${wanted} do not fit this minute's rate budget: --wait, or a signing secret so that each check has its own identity`;
}

function totals(loads: readonly Map<string, number>[], { profile }: Limits): BucketLoad[] {
  const sums = new Map<string, number>();
  for (const load of loads) for (const [bucket, count] of load) sums.set(bucket, (sums.get(bucket) ?? 0) + count);
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([bucket, planned]) => {
      const [route = '', method = ''] = bucket.split(' ');
      const limit = profile.expect.rate.perMinute;
      return { route: route === 'manager' ? 'manager' : 'mcp', method, planned, limit };
    });
}
