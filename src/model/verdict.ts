import type { Severity } from './check.ts';
import type { Observation } from './observation.ts';

export type Status = 'pass' | 'fail' | 'warn' | 'blocked' | 'error' | 'skip';

/** How the run of a check came to its end. */
export type Ending =
  | { readonly kind: 'completed' }
  /** Unreachable, cancelled, out of time, a credential or prerequisite missing. */
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'crashed'; readonly reason: string };

export interface Verdict {
  readonly status: Status;
  /** Why, for every status but pass, fail and warn, whose reason is in the observations. */
  readonly reason?: string;
}

/** The only place where observations become a status. No input gives `pass` without an observation that held. */
export function judge(severity: Severity, observations: readonly Observation[], ending: Ending): Verdict {
  const facts = observations.filter((seen) => seen.kind === 'fact');
  if (facts.some((fact) => !fact.held)) return { status: severity === 'must' ? 'fail' : 'warn' };
  if (ending.kind === 'crashed') return { status: 'error', reason: ending.reason };
  if (ending.kind === 'blocked') return { status: 'blocked', reason: ending.reason };
  const inconclusive = observations.find((seen) => seen.kind === 'inconclusive');
  if (inconclusive) return { status: 'blocked', reason: `inconclusive: ${inconclusive.reason}` };
  if (facts.length > 0) return { status: 'pass' };
  const notApplicable = observations.find((seen) => seen.kind === 'not-applicable');
  if (notApplicable) return { status: 'skip', reason: notApplicable.reason };
  return { status: 'error', reason: 'nothing was observed' };
}

/** Red: what makes a check that comes `after` it blocked. */
export function isRed(status: Status): boolean {
  return status === 'fail' || status === 'blocked' || status === 'error';
}
