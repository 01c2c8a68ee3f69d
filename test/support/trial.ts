import { checkTarget } from '../../src/app/check-target.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import type { FaultMeta, RemedyMeta } from '../../src/model/fault.ts';
import type { Capability, Probes } from '../../src/model/probes.ts';
import type { Profile } from '../../src/model/profile.ts';
import { redSlugs, type CheckResult } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { withTarget } from '../../src/targets/open.ts';
import { fakeProfile } from './fakes.ts';

export interface TrialOptions {
  readonly tweak?: (FaultMeta | RemedyMeta) & ServerTweak;
  /** Promises that differ from a stock installation. */
  readonly expect?: Partial<Profile['expect']>;
  /** Settings the server is started with, as a profile would. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where the probes look for the API, when that is not where it is. */
  readonly apiPath?: string;
  /** With what they come after, and guards, as in a real run. */
  readonly together?: boolean;
  /** Probes the embedded server does not have, or others in place of its own. */
  readonly probes?: Partial<Probes>;
  /** Milliseconds every check may work. */
  readonly timeLimitMs?: number;
  /** What stands between the checks and the target. */
  readonly through?: (target: Target) => Target;
  /** What the target does not offer. */
  readonly without?: readonly Capability[];
}

/** Checks against fresh reference servers, sound or tweaked; the same path a real run takes. */
export async function trials(checks: readonly AnyCheck[], options: TrialOptions = {}): Promise<readonly CheckResult[]> {
  const stock = fakeProfile();
  const profile = fakeProfile({
    expect: { ...stock.expect, ...options.expect },
    select: { sections: [], checks: checks.map(({ id }) => id) },
  });
  const limits = options.timeLimitMs === undefined ? {} : { timeLimitMs: options.timeLimitMs };
  const known = new Map(checks.map((check) => [check.id, { ...(options.together ? check : alone(check)), ...limits }]));
  const settings = {
    kind: 'embedded' as const,
    settings: options.settings ?? {},
    ...(options.tweak === undefined ? {} : { tweak: options.tweak }),
    ...(options.apiPath === undefined ? {} : { apiPath: options.apiPath }),
  };
  return withTarget(settings, async (opened) => {
    const between = options.through?.(opened) ?? opened;
    const target = without(withProbes(between, options.probes ?? {}), options.without ?? []);
    const source = { checks, load: async (id: string) => known.get(id) ?? Promise.reject(new Error(id)) };
    const planning = { allow: [], wait: true, only: [], named: [], seed: 'trial' };
    return (await checkTarget({ target, profile, checks: source, planning, pause: async () => undefined })).results;
  });
}

/** What a check would come after is not its own behaviour. */
function alone({ after: _after, guards: _guards, ...check }: AnyCheck): AnyCheck {
  return check;
}

export async function trial(check: AnyCheck, options: TrialOptions = {}): Promise<CheckResult> {
  const [result] = await trials([check], options);
  if (!result) throw new Error(`${check.id} was not run`);
  return result;
}

function withProbes(target: Target, probes: Partial<Probes>): Target {
  const offers = Object.fromEntries(Object.keys(probes).map((name) => [name, { offered: true, because: 'the trial' }]));
  return {
    ...target,
    facts: { ...target.facts, offers: { ...target.facts.offers, ...offers } },
    async lease(request) {
      const lease = await target.lease(request);
      // A probe of the test's own counts in no journal: its evidence is taken as it comes.
      const usage: typeof lease.usage = () => ({ ...lease.usage(), entries: Infinity });
      return { ...lease, usage, probes: { ...lease.probes, ...probes }, release: () => lease.release() };
    },
  };
}

function without(target: Target, names: readonly Capability[]): Target {
  const offers = Object.fromEntries(names.map((name) => [name, { offered: false, because: 'the trial' }]));
  const withdrawn = Object.fromEntries(names.map((name) => [name, undefined]));
  return {
    ...target,
    facts: { ...target.facts, offers: { ...target.facts.offers, ...offers } },
    async lease(request) {
      const lease = await target.lease(request);
      return { ...lease, probes: { ...lease.probes, ...withdrawn }, release: () => lease.release() };
    },
  };
}

/** Slugs of the observations that did not hold, or of which nothing could be said. */
export function broken(result: CheckResult): string[] {
  return [...new Set(redSlugs(result))].toSorted();
}

/** Slugs of the facts that did not hold. */
export function failed(result: CheckResult): string[] {
  const slugsOfFacts = result.observations.flatMap((one) => (one.kind === 'fact' && !one.held ? [one.slug] : []));
  return [...new Set(slugsOfFacts)].toSorted();
}

/** Slugs of all facts, and of what was tried in their place. */
export function slugs(result: CheckResult): string[] {
  const named = result.observations.flatMap((one) => (one.kind === 'not-applicable' ? [] : (one.slug ?? [])));
  return [...new Set(named)].toSorted();
}
