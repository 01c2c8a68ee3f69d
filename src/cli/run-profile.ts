import { openCatalogue, type Catalogue } from '../catalogue/index.ts';
import type { AllowedImpact } from '../config/allowed-impacts.ts';
import type { Environment } from '../config/environment.ts';
import { nearest } from '../config/nearest.ts';
import { describeTarget, resolveTarget, type TargetConfig } from '../config/target-config.ts';
import type { TargetSource } from '../config/target-words.ts';
import { UsageError } from '../model/errors.ts';
import type { Profile } from '../model/profile.ts';
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
