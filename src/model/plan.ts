import { z } from 'zod';
import type { CheckMeta, Impact } from './check.ts';
import { CAPABILITIES } from './probes.ts';
import { ROUTES, type RequestCount } from './requests.ts';
import type { Waits } from './check-time.ts';

/** What must see the target untouched; then checks that read, concurrently; then those that write; bursts last. */
export type Lane = 'first' | Impact;

/** What would have to be given so that a check runs. */
export const LACKS = [...CAPABILITIES, 'allow-write', 'allow-load', 'wait', 'scope', 'unstated'] as const;
export type Lack = (typeof LACKS)[number];

/**
 * Why a check does not run. `not-selected`: another profile's business, not part of the totals. `profile`: the profile
 * says why. `inapplicable`: nothing the profile promises concerns it. `absent` and `not-allowed`: skipped, as something
 * is lacking. `required` and `budget`: red, as the profile requires what is missing, or the rate budget does not
 * suffice. `broken`: the check cannot say what it needs.
 */
export type Exclusion =
  | {
      readonly kind: 'not-selected' | 'profile' | 'inapplicable' | 'required' | 'budget' | 'broken';
      readonly reason: string;
    }
  | { readonly kind: 'absent' | 'not-allowed'; readonly reason: string; readonly lacks: Lack };

export type PlanEntry =
  | {
      readonly kind: 'planned';
      readonly check: CheckMeta;
      readonly lane: Lane;
      /** Ids this check waits for: declared, and those that guard a capability it needs. */
      readonly after: readonly string[];
      /** With the ordinary identity, and all others. */
      readonly requests: RequestCount;
      readonly otherRequests: RequestCount;
      /** Pacing: the check starts in this window of the rate limiter, counted from 0. */
      readonly window: number;
      /** Named by `--only` with its id. */
      readonly named: boolean;
    }
  | { readonly kind: 'excluded'; readonly check: CheckMeta; readonly exclusion: Exclusion; readonly named: boolean };

export type PlannedEntry = Extract<PlanEntry, { kind: 'planned' }>;

/** Requests planned for one rate-limit bucket of the shared identity. */
export const bucketLoad = z.object({
  route: z.enum(['mcp', 'manager']),
  method: z.string(),
  planned: z.int().min(0),
  limit: z.union([z.int().min(0), z.literal('unlimited')]),
});

export type BucketLoad = Readonly<z.infer<typeof bucketLoad>>;

/** All requests of one route and method, whatever their identity: at most so many, and in the busiest minute. */
export const routeLoad = z.object({
  route: z.enum(ROUTES),
  method: z.string(),
  requests: z.int().min(0),
  busiestMinute: z.int().min(0),
});

export type RouteLoad = Readonly<z.infer<typeof routeLoad>>;

/** What stays on the target after the run, at most. */
export const leftovers = z.object({
  taskRows: z.int().min(0),
  idempotencyRecords: z.int().min(0),
  /** Lines of the target's audit log (contract §2.7). */
  auditLines: z.int().min(0),
  /** Idempotency keys, trace ids and subjects of the run begin with this. */
  prefix: z.string(),
});

export type Leftovers = Readonly<z.infer<typeof leftovers>>;

export interface Plan {
  readonly profile: string;
  readonly entries: readonly PlanEntry[];
  readonly buckets: readonly BucketLoad[];
  readonly routes: readonly RouteLoad[];
  /** Requests in all, at most; every check may repeat so many besides, where somebody else answered. */
  readonly requests: number;
  readonly repeatsPerCheck: number;
  /** The least scopes of a token for all that is planned, or would be with one, sorted. */
  readonly scopes: readonly string[];
  /** Windows of the rate limiter the run spans; more than one means pauses of a minute. */
  readonly windows: number;
  /** Seconds the run waits at most, by what for. */
  readonly waits: Waits;
  /** Seconds the run takes, unless it is interrupted: its pauses, and as if every check in turn were stopped at its limit. */
  readonly duration: { readonly leastSeconds: number; readonly mostSeconds: number };
  readonly leftovers: Leftovers;
}

/** Why an impact is not allowed on a target that is marked as production: neither a file nor the environment may. */
export function productionRefusal(impact: Exclude<Impact, 'read'>): string {
  return `the target is marked as production: --allow ${impact} on the command line`;
}
