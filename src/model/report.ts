import type { CheckMeta } from './check.ts';
import type { JournalEntry } from './evidence.ts';
import type { Expectations } from './expectations.ts';
import type { Observation } from './observation.ts';
import type { BucketLoad } from './plan.ts';
import type { TargetFacts } from './target.ts';
import type { Status } from './verdict.ts';

export const REPORT_SCHEMA = 'emcp.report/1';

export interface CheckResult {
  readonly check: CheckMeta;
  readonly status: Status;
  /** Why, for blocked, error and skip. */
  readonly reason?: string;
  /** The check whose redness blocks this one, when that is the reason. */
  readonly because?: string;
  /** A skip that `--strict` makes red: something was missing, rather than not applicable. */
  readonly lacking?: boolean;
  readonly observations: readonly Observation[];
  /** Kept for bugs of ours (`error`). */
  readonly stack?: string;
  /** Milliseconds from the start of the run, and how long the check took. */
  readonly startedMs: number;
  readonly durationMs: number;
}

export type Totals = Readonly<Record<Status, number>>;

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: 'emcp'; readonly version: string; readonly node: string };
  readonly run: {
    readonly id: string;
    readonly seed: string;
    /** RFC 3339. */
    readonly startedAt: string;
    readonly durationMs: number;
    readonly strict: boolean;
    /** The signal that ended the run early. */
    readonly interrupted: 'SIGHUP' | 'SIGINT' | 'SIGTERM' | null;
  };
  readonly target: TargetFacts;
  /** What the target said of itself, when a check saw it (runbook §0). */
  readonly runtime: {
    readonly platform: string | null;
    readonly platformVersion: string | null;
    readonly toolsetVersion: string | null;
  };
  readonly profile: { readonly id: string; readonly title: string; readonly expect: Expectations };
  readonly plan: {
    readonly buckets: readonly BucketLoad[];
    readonly windows: number;
    readonly excluded: readonly { readonly check: string; readonly kind: string; readonly reason: string }[];
  };
  readonly results: readonly CheckResult[];
  readonly totals: Totals;
  readonly outcome: Outcome;
  readonly journal: readonly JournalEntry[];
}

/** What the run as a whole came to; `cli/exit.ts` gives each its exit code. */
export type Outcome = 'ok' | 'failed' | 'blocked' | 'bug' | 'interrupted';

export function totalsOf(results: readonly CheckResult[]): Totals {
  const totals: Record<Status, number> = { pass: 0, fail: 0, warn: 0, blocked: 0, error: 0, skip: 0 };
  for (const result of results) totals[result.status] += 1;
  return totals;
}

/** Interrupted > bug > failed > blocked > ok. `strict` also refuses warnings, and skips for something lacking. */
export function outcomeOf(
  results: readonly CheckResult[],
  run: { readonly strict: boolean; readonly interrupted: string | null },
): Outcome {
  if (run.interrupted !== null) return 'interrupted';
  const totals = totalsOf(results);
  if (totals.error > 0) return 'bug';
  if (totals.fail > 0 || (run.strict && totals.warn > 0)) return 'failed';
  if (totals.blocked > 0 || (run.strict && results.some((result) => result.lacking))) return 'blocked';
  // Nothing measured is not a success.
  if (totals.pass + totals.warn === 0) return 'blocked';
  return 'ok';
}
