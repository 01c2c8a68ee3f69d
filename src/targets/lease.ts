import type { LeaseRequest, LeaseUsage } from '../model/target.ts';
import { createAllowance } from '../probes/allowance.ts';
import type { HttpClient } from '../probes/http.ts';
import { leaseHttp, type LeasedHttp } from '../probes/leased-http.ts';
import type { Journal, Recorder } from '../journal/recorder.ts';

/** What every lease is made of: the recorder of its check and the client that stays within its budget. */
export interface LeaseParts {
  readonly http: LeasedHttp;
  readonly recorder: Recorder;
  /** Aborted when the lease is over, or when it asked for more than its budget. */
  readonly signal: AbortSignal;
  readonly usage: () => LeaseUsage;
  /** Stops the questions that are still asked, and waits until nothing of them runs any more. */
  readonly end: () => Promise<void>;
}

export function leaseParts(request: LeaseRequest, http: HttpClient, journal: Journal): LeaseParts {
  const { check, budget, signal } = request;
  const over = new AbortController();
  const allowance = createAllowance(budget, AbortSignal.any([signal, over.signal]));
  const recorder = journal.recorderFor(check);
  let asked: Promise<unknown> = Promise.resolve();
  return {
    http: leaseHttp(http, allowance, request),
    recorder: {
      brief: recorder.brief,
      ask(question, answer) {
        const asking = recorder.ask(question, answer);
        asked = Promise.allSettled([asked, asking]).then(() => undefined);
        return asking;
      },
    },
    signal: allowance.signal,
    usage: () => ({
      entries: recorder.entries(),
      overBudget: allowance.overBudget(),
      intermittent: allowance.intermittent(),
    }),
    async end() {
      over.abort('the lease is over');
      await asked;
    },
  };
}
