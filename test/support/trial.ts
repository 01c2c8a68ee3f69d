import type { AnyCheck } from '../../src/model/check.ts';
import type { FaultMeta, RemedyMeta } from '../../src/model/fault.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { CheckResult } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/index.ts';
import { runPlan } from '../../src/run/index.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { withTarget } from '../../src/targets/open.ts';
import { fakeProfile } from './fakes.ts';

export interface TrialOptions {
  readonly fault?: (FaultMeta & ServerTweak) | (RemedyMeta & ServerTweak);
  /** Promises that differ from a stock installation. */
  readonly expect?: Partial<Profile['expect']>;
  /** Settings the server is started with, as a profile would. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly apiPath?: string;
}

/** One check against a fresh reference server, sound or with a fault; the same path a real run takes. */
export async function trial(check: AnyCheck, options: TrialOptions = {}): Promise<CheckResult> {
  const stock = fakeProfile();
  const profile = fakeProfile({
    expect: { ...stock.expect, ...options.expect },
    select: { sections: [], checks: [check.id] },
  });
  // Alone: what it would come after is not its own behaviour.
  const { after: _after, ...alone } = check;
  const target = {
    kind: 'embedded' as const,
    settings: options.settings ?? {},
    ...(options.fault === undefined ? {} : { tweak: options.fault }),
    ...(options.apiPath === undefined ? {} : { apiPath: options.apiPath }),
  };
  return withTarget(target, async (open) => {
    const plan = makePlan({ checks: [alone], profile, target: open.facts, allow: [], wait: true, only: [] });
    const results = await runPlan({
      plan,
      load: async () => check,
      target: open,
      expect: profile.expect,
      seed: 'trial',
      monotonic: () => performance.now(),
      signal: new AbortController().signal,
      concurrency: 1,
      emit: () => undefined,
      pause: async () => undefined,
    });
    const [result] = results;
    if (!result) throw new Error(`${check.id} was not run`);
    return result;
  });
}

/** Slugs of the observations that did not hold. */
export function broken(result: CheckResult): string[] {
  const slugs = result.observations.flatMap((one) => (one.kind === 'fact' && !one.held ? [one.slug] : []));
  return [...new Set(slugs)].toSorted();
}

/** Slugs of all facts. */
export function slugs(result: CheckResult): string[] {
  return [...new Set(result.observations.flatMap((one) => (one.kind === 'fact' ? [one.slug] : [])))].toSorted();
}
