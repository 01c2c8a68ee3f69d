import { join } from 'node:path';
import { openCatalogue, packageRoot, type Catalogue } from '../catalogue/index.ts';
import { readEnvironment, type Environment } from '../config/environment.ts';
import { loadProfile } from '../config/load.ts';
import { resolveTarget, type TargetConfig } from '../config/target-config.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Plan } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import type { Target } from '../model/target.ts';
import { makePlan } from '../plan/index.ts';
import { withTarget } from '../targets/open.ts';
import type { TargetSettings } from '../targets/settings.ts';
import type { Io } from './io.ts';
import type { TargetFlags } from './target-flags.ts';

export interface Prepared {
  readonly catalogue: Catalogue;
  readonly profile: Profile;
  readonly config: TargetConfig;
  readonly env: Environment;
}

/** Reads everything a run rests on, and refuses what is wrong before anything is sent. */
export async function prepare(flags: TargetFlags, io: Io): Promise<Prepared> {
  const env = readEnvironment(io.env);
  const places = { folder: join(packageRoot(), 'profiles'), cwd: io.cwd };
  const [profile, catalogue, config] = await Promise.all([
    loadProfile(flags.profile, places),
    openCatalogue({ dirs: flags.checks ?? [] }),
    resolveTarget({ flags, env, cwd: io.cwd, readStdin: () => io.readStdin() }),
  ]);
  return { catalogue, profile, config, env };
}

export interface Planning {
  readonly allow: readonly ('write' | 'load')[];
  readonly wait: boolean;
  readonly only: readonly string[];
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
    const checks = await Promise.all(catalogue.checks.map((meta) => catalogue.load(meta.id)));
    const plan = makePlan({ checks, profile, target: target.facts, ...planning });
    return use({ target, plan, load: (id) => catalogue.load(id) });
  });
}

/** The embedded server is started as the profile says. */
function settingsOf(config: TargetConfig, profile: Profile): TargetSettings {
  return config.kind === 'embedded' ? { kind: 'embedded', settings: profile.settings } : config;
}
