import { stat } from 'node:fs/promises';
import { UsageError } from '../model/errors.ts';
import type { NamedTarget } from './config-file.ts';
import {
  firstConfiguredKey,
  fromEnvironment,
  fromFile,
  fromFlags,
  readOptions,
  type GivenOptions,
  type ReadingPlace,
} from './described-target.ts';
import type { Environment } from './environment.ts';
import { completeInstallation, type Installation } from './installation.ts';
import { plainUrl } from './option-kinds.ts';
import { assertCompatible, assertNeeds, assertUsed, usedInstead } from './option-relations.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from './target-options.ts';
import { longFlag, type TargetSource, type TargetWords } from './target-words.ts';

export type TargetConfig = { readonly kind: 'embedded' } | Installation;

export interface TargetSources extends ReadingPlace {
  readonly flags: TargetWords;
  readonly env: Environment;
  /** The entry of `emcp.yaml` that is meant, if any. */
  readonly file: NamedTarget | undefined;
  /** Base URLs that `emcp.yaml` marks as production. */
  readonly production: readonly string[];
}

/** What is said of the target that is meant; nothing of it is read yet. */
export interface TargetDescription {
  /** Its name in `emcp.yaml`, when it comes from there. */
  readonly name?: string;
  /** Which source's own target it is: the one that names its address. */
  readonly describedBy: TargetSource;
  readonly given: GivenOptions;
}

/** The target that is meant, everything about it read and checked; `used` is what else the command does with flags. */
export async function resolveTarget(sources: TargetSources, used: readonly OptionKey[] = []): Promise<TargetConfig> {
  if (sources.flags.embedded) {
    assertNothingBeside(sources, used);
    return { kind: 'embedded' };
  }
  const description = describeTarget(sources);
  const { given } = description;
  if (given.url === undefined) return embeddedUnlessHalf(given);
  assertNeeds(given);
  await assertUsed(given);
  await assertFolders(given);
  return readInstallation(description, OPTION_KEYS);
}

/** The embedded server is what the profile says; whatever else a flag says of a target would be ignored. */
function assertNothingBeside(sources: TargetSources, used: readonly OptionKey[]): void {
  const { url, target, config } = sources.flags;
  if (url ?? target) throw usage('two-targets', '--embedded and another target', 'leave one of them out');
  const given = fromFlags(sources.flags, sources);
  const key = OPTION_KEYS.find((one) => given[one] !== undefined && !used.includes(one));
  const flag = config === undefined ? key && longFlag(key) : '--config';
  if (flag === undefined) return;
  throw new UsageError('useless-flag', 'has no effect with --embedded', {
    where: { source: flag },
    hint: `leave ${flag} or --embedded out`,
  });
}

/** How the described target is reached, where it has an address; of its secrets only the named ones are read. */
export async function resolveConnection(
  description: TargetDescription,
  secrets: readonly OptionKey[] = [],
): Promise<Installation | undefined> {
  if (description.given.url === undefined) return undefined;
  const keys = OPTION_KEYS.filter((key) => TARGET_OPTIONS[key].kind.hides === undefined || secrets.includes(key));
  return readInstallation(description, keys);
}

/**
 * Flags win over what else describes the same target; a mark as production holds for the address, whichever source names
 * it. What describes another one is left alone: credentials of the environment are never sent to a target of the file, nor
 * the other way round.
 */
export function describeTarget(sources: TargetSources): TargetDescription {
  const description = describeMeant(sources);
  return { ...description, given: withMark(description.given, sources) };
}

function withMark(given: GivenOptions, { production: marked }: TargetSources): GivenOptions {
  const { url, production } = given;
  if (url === undefined) return given;
  const read = async (): Promise<boolean> => (await production?.read()) === true || marked.includes(await url.read());
  return { ...given, production: { source: production?.source ?? url.source, read } };
}

function describeMeant(sources: TargetSources): TargetDescription {
  const { flags, file, env } = sources;
  if (flags.url !== undefined && flags.target !== undefined) {
    throw usage('two-targets', '--url and --target name two targets', 'leave one of them out');
  }
  const own = fromFlags(flags, sources);
  const named = flags.target !== undefined || (flags.url === undefined && !isNamedByEnvironment(sources));
  if (named && file !== undefined) {
    return { name: file.name, describedBy: 'file', given: { ...fromFile(file, sources), ...own } };
  }
  assertOneOrigin(sources);
  const describedBy = flags.url === undefined || isSameUrl(flags.url, env.EMCP_BASE_URL) ? 'environment' : 'flags';
  return { describedBy, given: { ...fromEnvironment(env, sources), ...own } };
}

/** `--config` is a flag, and wins like any other. */
function isNamedByEnvironment({ flags, env }: TargetSources): boolean {
  return env.EMCP_BASE_URL !== undefined && flags.config === undefined;
}

function assertOneOrigin({ flags, env }: TargetSources): void {
  if (flags.url === undefined || env.EMCP_BASE_URL === undefined) return;
  const [given, known] = [flags.url, env.EMCP_BASE_URL].map((text) =>
    URL.canParse(text) ? new URL(text).origin : text,
  );
  if (given === known) return;
  throw usage(
    'two-targets',
    `--url and EMCP_BASE_URL name two targets, and the credentials belong to one`,
    'unset EMCP_BASE_URL',
  );
}

function isSameUrl(...texts: readonly (string | undefined)[]): boolean {
  const [one, other] = texts.map((text) => (text !== undefined && URL.canParse(text) ? plainUrl(text) : undefined));
  return one !== undefined && one === other;
}

async function readInstallation({ name, given }: TargetDescription, keys: readonly OptionKey[]): Promise<Installation> {
  assertCompatible(given);
  const replaced = OPTION_KEYS.filter((key) => usedInstead(given, key) !== undefined);
  return completeInstallation(await readOptions(given, keys), { name, replaced });
}

/** A folder of this machine that is not there would look like a shell that fails. */
async function assertFolders(given: GivenOptions): Promise<void> {
  const elsewhere = given.ssh ?? given.exec;
  for (const key of ['artisanCwd', 'workspace'] as const) {
    const folder = given[key];
    if (folder === undefined || (key === 'artisanCwd' && elsewhere !== undefined)) continue;
    const { absolute } = await folder.read();
    const found = await stat(absolute).catch(() => undefined);
    if (found?.isDirectory() === true) continue;
    throw new UsageError('no-folder', `${absolute} is ${found === undefined ? 'not there' : 'no folder'}`, {
      where: folder.source.where,
      hint: `give the folder as this machine names it${key === 'artisanCwd' ? ', or --ssh or --exec where it is elsewhere' : ''}`,
    });
  }
}

function embeddedUnlessHalf(given: GivenOptions): TargetConfig {
  const key = firstConfiguredKey(given);
  if (key === undefined) return { kind: 'embedded' };
  const hint = 'give --url, EMCP_BASE_URL or --target, or --embedded to check the embedded server';
  throw usage('half-a-target', `${given[key]?.source.name ?? key} is given, but no target`, hint);
}

function usage(code: string, message: string, hint: string): UsageError {
  return new UsageError(code, message, { hint });
}
