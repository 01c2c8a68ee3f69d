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
  /** Resolves when what was requested so far is over and recorded. */
  readonly settled: () => Promise<void>;
  /** Stops what is under way, and waits for that. */
  readonly end: () => Promise<void>;
}

export function leaseParts(request: LeaseRequest, http: HttpClient, journal: Pick<Journal, 'recorderFor'>): LeaseParts {
  const { check, budget, signal } = request;
  const over = new AbortController();
  const allowance = createAllowance(budget, AbortSignal.any([signal, over.signal]));
  const recorder = journal.recorderFor(check);
  let under: Promise<unknown> = Promise.resolve();
  return {
    http: leaseHttp(http, allowance, request),
    recorder: {
      ...recorder,
      record(codec, asked, perform) {
        const recording = recorder.record(codec, asked, perform);
        under = Promise.allSettled([under, recording]).then(() => undefined);
        return recording;
      },
    },
    signal: allowance.signal,
    usage: () => ({
      entries: recorder.count(),
      overBudget: allowance.overBudget(),
      intermittent: allowance.intermittent(),
    }),
    settled: async () => void (await under),
    async end() {
      over.abort('the lease is over');
      await under;
    },
  };
}
