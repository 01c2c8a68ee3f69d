import type { CheckMeta, Impact, RequestCount } from './check.ts';

/** What must see the target untouched; then read checks side by side; then those that write; bursts last. */
export type Lane = 'first' | Impact;

export type Exclusion =
  /** Another profile's business; not part of the report's totals. */
  | { readonly kind: 'not-selected'; readonly reason: string }
  /** The profile says why. */
  | { readonly kind: 'profile'; readonly reason: string }
  /** Skipped: something the target does not offer, or does not allow. */
  | { readonly kind: 'absent' | 'not-allowed'; readonly reason: string }
  /** Red: the profile requires what is missing, or the rate budget does not suffice. */
  | { readonly kind: 'required' | 'budget'; readonly reason: string };

export type PlanEntry =
  | {
      readonly kind: 'planned';
      readonly check: CheckMeta;
      readonly lane: Lane;
      /** Ids this check waits for: declared, and those that guard a capability it needs. */
      readonly after: readonly string[];
      readonly requests: RequestCount;
      /** Pacing: the check starts in this limiter window, counted from 0. */
      readonly window: number;
    }
  | { readonly kind: 'excluded'; readonly check: CheckMeta; readonly exclusion: Exclusion };

export type PlannedEntry = Extract<PlanEntry, { kind: 'planned' }>;

/** Requests planned for one rate-limit bucket of the shared identity. */
export interface BucketLoad {
  readonly route: 'mcp' | 'manager';
  readonly method: string;
  readonly planned: number;
  readonly limit: number | 'unlimited';
}

export interface Plan {
  readonly profile: string;
  readonly entries: readonly PlanEntry[];
  readonly buckets: readonly BucketLoad[];
  /** Limiter windows the run spans; more than one means pauses of a minute. */
  readonly windows: number;
}
