import type { CheckMeta } from './check.ts';
import type { Observation } from './observation.ts';
import type { CheckResult, Report } from './report.ts';

/** What happens during a run, in order, already redacted. */
export type RunEvent =
  | { readonly kind: 'started'; readonly planned: number }
  | { readonly kind: 'pacing'; readonly seconds: number; readonly reason: string }
  | { readonly kind: 'check-started'; readonly check: CheckMeta }
  | { readonly kind: 'observed'; readonly check: string; readonly observation: Observation }
  | { readonly kind: 'check-finished'; readonly result: CheckResult }
  | { readonly kind: 'finished'; readonly report: Report };
