import { describeAnswerer, type AnsweredBy } from '../model/answered-by.ts';
import { OverBudget } from '../model/errors.ts';
import { REPEATS_PER_CHECK, type RequestCount } from '../model/requests.ts';

/** What one lease may send. Every HTTP request passes here, before it leaves. */
export interface Allowance {
  /** Aborted when the lease is over, or as soon as it asked for more than its budget. */
  readonly signal: AbortSignal;
  /** Counts a request; throws instead where the lease is over or its budget is spent. */
  spend(bucket: string): void;
  /** Takes one of the repetitions; false when none is left. */
  repeat(): boolean;
  /** Somebody else had answered, and eMCP did when the request was repeated. */
  noteIntermittent(first: AnsweredBy): void;
  readonly overBudget: () => string | undefined;
  readonly intermittent: () => readonly string[];
}

/**
 * The law at the HTTP client: nothing outside the plan, nothing beyond a declared budget, nothing after the end. Without
 * a budget only the end counts.
 */
export function createAllowance(budget: RequestCount | undefined, end: AbortSignal): Allowance {
  const spent = new Map<string, number>();
  const intermittent: string[] = [];
  const stop = new AbortController();
  let repeats = 0;
  let overBudget: string | undefined;
  return {
    signal: AbortSignal.any([end, stop.signal]),
    spend(bucket) {
      end.throwIfAborted();
      stop.signal.throwIfAborted();
      const count = (spent.get(bucket) ?? 0) + 1;
      const allowed = budget === undefined ? Infinity : (budget[bucket] ?? 0);
      if (count > allowed) {
        const error = new OverBudget(bucket, allowed);
        overBudget = error.message;
        stop.abort(error);
        throw error;
      }
      spent.set(bucket, count);
    },
    repeat() {
      if (repeats === REPEATS_PER_CHECK || end.aborted || stop.signal.aborted) return false;
      repeats += 1;
      return true;
    },
    noteIntermittent: (first) => void intermittent.push(describeAnswerer(first)),
    overBudget: () => overBudget,
    intermittent: () => intermittent,
  };
}
