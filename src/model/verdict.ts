import type { Severity } from './check.ts';
import type { Observation } from './observation.ts';

export const STATUSES = ['pass', 'fail', 'warn', 'blocked', 'error', 'skip'] as const;
export type Status = (typeof STATUSES)[number];

/** How the run of a check came to its end. */
export type Ending =
  | { readonly kind: 'completed' }
  /** Unreachable, cancelled, out of time, a credential or prerequisite missing. */
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'crashed'; readonly reason: string };

export interface Verdict {
  readonly status: Status;
  /** Why, where the observations that did not hold do not say it. */
  readonly reason?: string;
}

export interface Judged {
  readonly severity: Severity;
  readonly observations: readonly Observation[];
  readonly ending: Ending;
  /** Answers of somebody else in between, in words. */
  readonly intermittent?: readonly string[];
}

/**
 * The only place where observations become a status. No input gives `pass` without an observation that held, and what
 * could not be measured wins over a warning.
 */
export function judge({ severity, observations, ending, intermittent = [] }: Judged): Verdict {
  const facts = observations.filter((seen) => seen.kind === 'fact');
  const broken = facts.some((fact) => !fact.held);
  if (broken && severity === 'must') return { status: 'fail', ...unmeasured(observations, ending) };
  if (ending.kind === 'crashed') return { status: 'error', reason: ending.reason };
  const blocked = unmeasured(observations, ending);
  if (blocked.reason !== undefined) return { status: 'blocked', reason: blocked.reason };
  if (broken) return { status: 'warn' };
  if (facts.length > 0) return withinReach(intermittent);
  const notApplicable = observations.find((seen) => seen.kind === 'not-applicable');
  if (notApplicable) return { status: 'skip', reason: notApplicable.reason };
  return { status: 'error', reason: 'nothing was observed' };
}

/** What was not measured, first what ended the check early. */
function unmeasured(observations: readonly Observation[], ending: Ending): { readonly reason?: string } {
  if (ending.kind !== 'completed') return { reason: ending.reason };
  const inconclusive = observations.find((seen) => seen.kind === 'inconclusive');
  return inconclusive === undefined ? {} : { reason: `inconclusive: ${inconclusive.reason}` };
}

/** All of it holds; answers of somebody else in between are a hazard, even where eMCP answered the repetition. */
function withinReach(intermittent: readonly string[]): Verdict {
  if (intermittent.length === 0) return { status: 'pass' };
  return {
    status: 'warn',
    reason: `intermittent: ${[...new Set(intermittent)].join('; ')}, and by eMCP when repeated`,
  };
}

/** Red: what makes a check that comes `after` it blocked. */
export function isRed(status: Status): boolean {
  return status === 'fail' || status === 'blocked' || status === 'error';
}
