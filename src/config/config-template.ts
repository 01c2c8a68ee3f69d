import { configFile, CONFIG_NAME } from './config-file.ts';
import type { OptionGroup } from './target-option.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from './target-options.ts';
import { parseYaml } from './yaml-file.ts';

/** What a new configuration file is made of. */
export interface FirstTarget {
  readonly name: string;
  readonly url: string;
  readonly profile: string;
  readonly credential: Credential | undefined;
  /** Whether commands that name no target mean this one. */
  readonly isDefault: boolean;
}

export interface Credential {
  readonly key: OptionKey;
  /** `${env:NAME}` or `file:PATH`. */
  readonly from: string;
}

/** The credentials a first file may have, the most useful one first. */
export const CREDENTIAL_KEYS: readonly OptionKey[] = sampledKeys('credentials');

/** The text of a first `emcp.yaml`, commented; refused where its own schema refuses it. */
export function configText({ name, url, profile, credential, isDefault }: FirstTarget): string {
  const text = `# Targets of emcp. Credentials are named here, never written down: \${env:NAME} or file:PATH.
# Schema and all keys: docs/schema/emcp.schema.json of the package.

# The target of commands that name none; without it they use the embedded reference server.
${isDefault ? '' : '# '}default: ${name}

targets:
  ${name}:
    url: ${JSON.stringify(url)}
    profile: ${JSON.stringify(profile)}
${credentialLines(credential)}
    # Where it is not the usual installation.
${commented('target')}
    # What checks may do besides reading: leave rows (write), send bursts (load).
    # allow: [write, load]

    # Where the console and the tables are.
${commented('host')}
    # Single promises that differ from the profile.
    # expect:
    #   rate: { perMinute: 120 }
`;
  parseYaml(text, CONFIG_NAME, configFile);
  return text;
}

/** Options that a first file shows, as comments that say what is usual. */
function commented(group: OptionGroup): string {
  return sampledKeys(group)
    .map((key) => `    # ${TARGET_OPTIONS[key].yaml}: ${TARGET_OPTIONS[key].sample}\n`)
    .join('');
}

function credentialLines(given: Credential | undefined): string {
  return CREDENTIAL_KEYS.map((key) => {
    const { yaml, sample, does } = TARGET_OPTIONS[key];
    return given?.key === key ? `    ${yaml}: ${JSON.stringify(given.from)}\n` : `    # ${yaml}: ${sample} # ${does}\n`;
  }).join('');
}

function sampledKeys(group: OptionGroup): readonly OptionKey[] {
  return OPTION_KEYS.filter((key) => TARGET_OPTIONS[key].group === group && TARGET_OPTIONS[key].sample !== false);
}
