import { openCatalogue, type Catalogue } from '../catalogue/index.ts';
import type { AllowedImpact } from '../config/allowed-impacts.ts';
import type { Environment } from '../config/environment.ts';
import { nearest } from '../config/nearest.ts';
import { describeTarget, resolveTarget, type TargetConfig } from '../config/target-config.ts';
import type { TargetSource } from '../config/target-words.ts';
import type { AnyCheck, CheckMeta } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import { prefixOf } from '../model/run-prefix.ts';
import type { Target } from '../model/target.ts';
import { makePlan } from '../plan/index.ts';
import { withTarget } from '../targets/open.ts';
import type { TargetSettings } from '../targets/settings.ts';
import type { Io } from './io.ts';
import type { TargetFlags } from './target-flags.ts';
import { profileFor } from './target-profile.ts';
import { targetSources } from './target-sources.ts';

export interface Prepared {
  readonly catalogue: Catalogue;
  readonly profile: Profile;
  readonly config: TargetConfig;
  readonly env: Environment;
  /** What the entry of `emcp.yaml` allows. */
  readonly allow: readonly AllowedImpact[];
  readonly describedBy: TargetSource;
}

/** Reads everything a run rests on, and refuses what is wrong before anything is sent. */
export async function prepare(flags: TargetFlags, io: Io): Promise<Prepared> {
  const sources = await targetSources(flags, io);
  const { env, file } = sources;
  const config = await resolveTarget(sources);
  const describedBy = config.kind === 'embedded' ? 'flags' : describeTarget(sources).describedBy;
  const named = describedBy === 'file' ? file : undefined;
  const [profile, catalogue] = await Promise.all([
    profileFor(flags, named, io),
    openCatalogue({ dirs: flags.checks ?? [] }),
  ]);
  refuseUselessProfile(profile, catalogue);
  const allow = named?.entry.allow ?? [];
  return { catalogue, profile, config, env, allow, describedBy };
}

/** A mistyped id would leave a check out, or in, without a word; a profile that selects nothing proves nothing. */
function refuseUselessProfile({ id, select, exclude }: Profile, { checks }: Catalogue): void {
  const known = checks.map((check) => check.id);
  const wrong = [...select.checks, ...Object.keys(exclude)].find((name) => !known.includes(name));
  if (wrong !== undefined) {
    const meant = nearest(wrong, known);
    throw new UsageError('unknown-check', `the profile names ${wrong}, which is no check`, {
      where: { source: `profile ${id}`, key: select.checks.includes(wrong) ? 'select.checks' : 'exclude' },
      hint: meant === undefined ? 'emcp list' : `did you mean ${meant}?`,
    });
  }
  if (select.sections.length + select.checks.length === 0) {
    throw new UsageError('empty-profile', 'the profile selects no check', {
      where: { source: `profile ${id}`, key: 'select' },
      hint: 'select: { sections: ["2"] }, or run a profile that extends it, such as hybrid',
    });
  }
}

/** What is allowed and narrowed, and the seed of the run's names. */
export interface Planning {
  readonly allow: readonly AllowedImpact[];
  readonly wait: boolean;
  readonly only: readonly string[];
  /** Those of them that were asked for by name, so that a skip is no success. */
  readonly named: readonly string[];
  readonly seed: string;
}

export interface Opened {
  readonly target: Target;
  readonly plan: Plan;
  readonly load: (id: string) => Promise<AnyCheck>;
}

/** Opens the target, plans against what it offers, and closes it when the use is over. */
export async function withPlan<Result>(
  prepared: Prepared,
  planning: Planning,
  use: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const { catalogue, profile, config } = prepared;
  return withTarget(settingsOf(config, profile), async (target) => {
    const checks = await Promise.all(
      catalogue.checks.map(async (meta) => catalogue.load(meta.id).catch((error: unknown) => broken(meta, error))),
    );
    const { seed, ...rest } = planning;
    const plan = makePlan({ checks, profile, target: target.facts, ...rest, prefix: prefixOf(seed) });
    return use({ target, plan, load: (id) => catalogue.load(id) });
  });
}

/** A module that cannot be loaded costs its check, and says so in the plan. */
function broken(meta: CheckMeta, error: unknown): AnyCheck {
  const fail = (): never => {
    throw error;
  };
  return { ...meta, requests: fail, run: fail };
}

/** The embedded server is started as the profile says. */
function settingsOf(config: TargetConfig, profile: Profile): TargetSettings {
  return config.kind === 'embedded' ? { kind: 'embedded', settings: profile.settings } : config;
}
