import type { LeaseRequest, LeaseUsage } from '../model/target.ts';
import { createAllowance } from '../probes/allowance.ts';
import { leaseHttp, type HttpClient, type LeasedHttp } from '../probes/http.ts';
import type { Journal, Recorder } from '../probes/recorder.ts';

/** What every lease is made of: the recorder of its check and the client that stays within its budget. */
export interface LeaseParts {
  readonly http: LeasedHttp;
  readonly recorder: Recorder;
  /** Aborted when the lease is over, or when it asked for more than its budget. */
  readonly signal: AbortSignal;
  readonly usage: () => LeaseUsage;
}

export function leaseParts(request: LeaseRequest, http: HttpClient, journal: Journal): LeaseParts {
  const { check, budget, signal } = request;
  const allowance = createAllowance(budget, signal);
  const recorder = journal.recorderFor(check);
  return {
    http: leaseHttp(http, allowance, request),
    recorder,
    signal: allowance.signal,
    usage: () => ({
      entries: recorder.entries(),
      overBudget: allowance.overBudget(),
      intermittent: allowance.intermittent(),
    }),
  };
}
