import type { AnyCheck } from '../model/check.ts';
import type { RunEvent } from '../model/events.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Plan, PlanEntry, PlannedEntry } from '../model/plan.ts';
import type { CheckResult } from '../model/report.ts';
import type { Target } from '../model/target.ts';
import { isRed, judge } from '../model/verdict.ts';
import { sumRequests } from '../model/requests.ts';
import { runLanes } from './lanes.ts';
import { observeCheck } from './observe.ts';
import { strayErrors } from '../boundary/strays.ts';

const LIMITER_WINDOW_MS = 61_000;

export interface RunInput {
  readonly plan: Plan;
  readonly load: (id: string) => Promise<AnyCheck>;
  readonly target: Target;
  readonly expect: Expectations;
  readonly seed: string;
  /** Milliseconds on a monotonic clock. */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
  readonly concurrency: number;
  /** Milliseconds each check may work; overrides the check's own limit. */
  readonly emit: (event: RunEvent) => void;
  /** Waits for the rate-limit window in real time; ends early when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Runs the plan and returns a result for every check that the profile selects, in the order of the plan. */
export async function runPlan(input: RunInput): Promise<readonly CheckResult[]> {
  return Promise.race([runWindows(input), strayErrors()]);
}

async function runWindows(input: RunInput): Promise<readonly CheckResult[]> {
  const { plan, emit } = input;
  const results = new Map<string, CheckResult>();
  const began = input.monotonic();
  const finish = (result: CheckResult): void => {
    results.set(result.check.id, result);
    emit({ kind: 'check-finished', result });
  };
  const planned = plan.entries.filter((entry) => entry.kind === 'planned');
  emit({ kind: 'started', planned: planned.length });
  for (const entry of plan.entries) {
    const result = entry.kind === 'excluded' ? excludedResult(entry) : undefined;
    if (result) finish(result);
  }
  for (let window = 0; window < plan.windows; window += 1) {
    if (window > 0) await waitForWindow(input);
    const rules = { isolated: input.target.facts.isolated, concurrency: input.concurrency };
    await runLanes(
      planned.filter((entry) => entry.window === window),
      rules,
      async (entry) => {
        finish(await runEntry(entry, { input, results, began }));
      },
    );
  }
  return plan.entries.flatMap((entry) => results.get(entry.check.id) ?? []);
}

async function waitForWindow({ emit, pause, signal }: RunInput): Promise<void> {
  if (signal.aborted) return;
  emit({ kind: 'pacing', seconds: LIMITER_WINDOW_MS / 1000, reason: 'the rate budget of this identity is spent' });
  await pause(LIMITER_WINDOW_MS, signal);
}

interface Progress {
  readonly input: RunInput;
  readonly results: ReadonlyMap<string, CheckResult>;
  readonly began: number;
}

async function runEntry(entry: PlannedEntry, { input, results, began }: Progress): Promise<CheckResult> {
  const { check } = entry;
  const startedMs = Math.round(input.monotonic() - began);
  const blocker = entry.after
    .map((id) => results.get(id))
    .find((result) => result !== undefined && isRed(result.status));
  if (blocker) return blockedBecause(entry, blocker, startedMs);
  input.emit({ kind: 'check-started', check });
  const { observations, ending, intermittent, stack } = await observeCheck({
    meta: check,
    load: () => input.load(check.id),
    target: input.target,
    expect: input.expect,
    seed: input.seed,
    signal: input.signal,
    budget: sumRequests([entry.requests, entry.otherRequests]),
    onObservation: (observation) => input.emit({ kind: 'observed', check: check.id, observation }),
  });
  return {
    check,
    ...judge({ severity: check.severity, observations, ending, intermittent }),
    ...(entry.named ? { named: true } : {}),
    observations,
    ...(stack === undefined ? {} : { stack }),
    startedMs,
    durationMs: Math.round(input.monotonic() - began) - startedMs,
  };
}

/** Names the first cause, not the last link of a chain. */
function blockedBecause({ check, named }: PlannedEntry, blocker: CheckResult, startedMs: number): CheckResult {
  const cause = blocker.because ?? blocker.check.id;
  return {
    check,
    status: 'blocked',
    reason: `because ${cause} is red`,
    because: cause,
    ...(named ? { named: true } : {}),
    observations: [],
    startedMs,
    durationMs: 0,
  };
}

/** What was asked for by name is in the results, whatever keeps it from being run. */
function excludedResult({
  check,
  exclusion,
  named,
}: Extract<PlanEntry, { kind: 'excluded' }>): CheckResult | undefined {
  const { reason } = exclusion;
  const none = {
    check,
    reason,
    ...(named ? { named: true as const } : {}),
    observations: [],
    startedMs: 0,
    durationMs: 0,
  };
  switch (exclusion.kind) {
    case 'not-selected':
      return undefined;
    case 'profile':
      return named ? { ...none, status: 'skip' } : undefined;
    case 'inapplicable':
      return { ...none, status: 'skip' };
    case 'absent':
    case 'not-allowed':
      return { ...none, status: 'skip', lacks: exclusion.lacks };
    case 'required':
    case 'budget':
      return { ...none, status: 'blocked' };
    case 'broken':
      return { ...none, status: 'error' };
  }
}
