import { setTimeout as wait } from 'node:timers/promises';
import type { AnyCheck, CheckMeta } from '../model/check.ts';
import type { RunEvent } from '../model/events.ts';
import type { Plan } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import type { Report } from '../model/report.ts';
import { prefixOf } from '../model/run-prefix.ts';
import type { Target } from '../model/target.ts';
import { makePlan, type PlanInput } from '../plan/index.ts';
import { assembleReport, runPlan } from '../run/index.ts';
import { toolVersion } from './version.ts';

/** Where checks come from, such as a catalogue. */
export interface CheckSource {
  readonly checks: readonly CheckMeta[];
  load(id: string): Promise<AnyCheck>;
}

/** What is allowed and narrowed, and the seed of the run's names. */
export interface Planning extends Pick<PlanInput, 'allow' | 'wait' | 'only' | 'named'> {
  readonly seed: string;
}

export interface PlanTargetInput {
  readonly target: Pick<Target, 'facts'>;
  readonly profile: Profile;
  readonly checks: CheckSource;
  readonly planning: Planning;
}

export interface CheckTargetInput extends PlanTargetInput {
  readonly target: Target;
  /** Warnings are failures, and what is lacking is not measured. */
  readonly strict?: boolean;
  /** Checks under way at the same time. */
  readonly concurrency?: number;
  /** Ends the run early; the report says what was measured until then. */
  readonly signal?: AbortSignal;
  /** The signal of the operating system that did, where one did. */
  readonly interruptedBy?: () => Report['run']['interrupted'];
  readonly onEvent?: (event: RunEvent) => void;
  /** Waits for a window of the rate limiter; ends early when the signal is aborted. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What would be done, and what not and why; nothing is sent to the target. */
export async function planTarget({ target, profile, checks: source, planning }: PlanTargetInput): Promise<Plan> {
  const { seed, ...rest } = planning;
  const checks = await Promise.all(
    source.checks.map(async (meta) => source.load(meta.id).catch((error: unknown) => broken(meta, error))),
  );
  return makePlan({ checks, profile, target: target.facts, ...rest, prefix: prefixOf(seed) });
}

/** Plans, runs and reports: the one way to check an opened target, for every caller. */
export async function checkTarget(input: CheckTargetInput): Promise<Report> {
  const { target, profile, planning, strict = false, concurrency = 4, interruptedBy = () => null } = input;
  const { signal = new AbortController().signal, onEvent = () => undefined, pause = realPause } = input;
  const plan = await planTarget(input);
  const startedAt = new Date();
  const began = performance.now();
  const results = await runPlan({
    plan,
    load: (id) => input.checks.load(id),
    target,
    expect: profile.expect,
    seed: planning.seed,
    monotonic: () => performance.now(),
    signal,
    concurrency,
    emit: onEvent,
    pause,
  });
  return assembleReport({
    version: toolVersion(),
    node: process.versions.node,
    seed: planning.seed,
    startedAt,
    durationMs: performance.now() - began,
    strict,
    only: planning.named,
    planned: { allow: planning.allow, wait: planning.wait, narrowed: planning.only },
    interrupted: interruptedBy(),
    profile,
    plan,
    results,
    target,
  });
}

/** A module that cannot be loaded costs its check, and says so in the plan. */
function broken(meta: CheckMeta, error: unknown): AnyCheck {
  const fail = (): never => {
    throw error;
  };
  return { ...meta, requests: fail, run: fail };
}

async function realPause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
