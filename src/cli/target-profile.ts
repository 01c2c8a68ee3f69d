import { profilesFolder } from '../catalogue/root.ts';
import type { NamedTarget } from '../config/config-file.ts';
import { loadProfile, withExpectations } from '../config/load.ts';
import type { TargetConfig } from '../config/target-config.ts';
import type { Profile } from '../model/profile.ts';
import type { TargetSettings } from '../targets/settings.ts';
import type { Io } from './io.ts';
import type { TargetFlags } from './target-flags.ts';

const DEFAULT_PROFILE = 'hybrid';

/** What is promised of the target: as the flag, or the entry of `emcp.yaml` that describes the target, says. */
export async function profileFor(flags: TargetFlags, file: NamedTarget | undefined, io: Io): Promise<Profile> {
  return withExpectations(await namedProfile(flags, file, io), file?.entry.expect);
}

/** The embedded server is started as the profile says; either is spoken to in the newest revision that is expected of it. */
export function settingsOf(config: TargetConfig, { settings, expect }: Profile): TargetSettings {
  const [protocolVersion] = expect.protocolVersions;
  return { ...(config.kind === 'embedded' ? { kind: 'embedded', settings } : config), protocolVersion };
}

async function namedProfile(flags: TargetFlags, file: NamedTarget | undefined, io: Io): Promise<Profile> {
  const folder = profilesFolder();
  const name = file?.entry.profile;
  if (flags.profile !== undefined || file === undefined || name === undefined)
    return loadProfile(flags.profile ?? DEFAULT_PROFILE, { folder, cwd: io.cwd });
  const path = ['targets', file.name, 'profile'];
  const line = file.lineOf(path);
  const where = { source: file.source, ...(line === undefined ? {} : { line }), key: path.join('.') };
  return loadProfile(name, { folder, cwd: file.folder, where });
}
