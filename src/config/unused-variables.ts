import { productionRefusal } from '../model/plan.ts';
import { ENVIRONMENT_NAMES, type Environment, type EnvironmentName } from './environment.ts';
import { missingNeed, usedInstead, waysToGive } from './option-relations.ts';
import { describeTarget, type TargetDescription, type TargetSources } from './target-config.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from './target-options.ts';
import { longFlag, wordName, type Invocation } from './target-words.ts';
import { VENDOR_VARIABLE_NAMES, VENDOR_VARIABLES, type VendorVariableName } from './vendor-variables.ts';

/** A variable that is set and does nothing for the command in use. */
export interface UnusedVariable {
  readonly name: EnvironmentName;
  readonly because: string;
}

interface Situation {
  readonly sources: TargetSources;
  readonly invocation: Invocation;
  /** Absent where the embedded server is meant. */
  readonly description: TargetDescription | undefined;
  readonly production: boolean;
}

/** Every such variable, and why it does nothing. */
export async function unusedVariables(
  sources: TargetSources,
  invocation: Invocation,
): Promise<readonly UnusedVariable[]> {
  const description = sources.flags.embedded ? undefined : describeTarget(sources);
  const production = (await description?.given.production?.read()) ?? false;
  const situation = { sources, invocation, description, production };
  const options = OPTION_KEYS.flatMap((key) =>
    TARGET_OPTIONS[key].variables.map((name) => ({ name, because: whyOptionUnused(key, name, situation) })),
  );
  const others = VENDOR_VARIABLE_NAMES.map((name) => ({ name, because: whyVendorUnused(name, situation) }));
  return [...options, ...others].flatMap(({ name, because }) =>
    sources.env[name] === undefined || because === undefined ? [] : [{ name, because }],
  );
}

/** What is set and not read by a command that asks no target. */
export function unreadVariables(env: Environment, read: readonly EnvironmentName[]): readonly EnvironmentName[] {
  return ENVIRONMENT_NAMES.filter((name) => env[name] !== undefined && !read.includes(name));
}

function whyOptionUnused(key: OptionKey, name: EnvironmentName, situation: Situation): string | undefined {
  const { invocation, description } = situation;
  // Which source counts hangs on who names the address, even where the command does not go there.
  const isAddress = TARGET_OPTIONS[key].required === true;
  if (!isAddress && !invocation.flags.includes(wordName(key))) return `it has no ${longFlag(key)}`;
  const other = whyOtherTarget(situation);
  if (other !== undefined || description === undefined) return other;
  const source = description.given[key]?.source;
  if (source?.kind === 'flag' && !isAddress) return `${source.name} is given`;
  if (source?.kind === 'variable' && source.name !== name) return `${source.name} is set, too`;
  const instead = usedInstead(description.given, key);
  if (instead !== undefined && invocation.flags.includes(wordName(instead)))
    return `${description.given[instead]?.source.name} is used in its place`;
  const needed = missingNeed(description.given, key);
  return needed === undefined ? undefined : `it needs ${waysToGive(needed)}`;
}

function whyVendorUnused(name: VendorVariableName, situation: Situation): string | undefined {
  const { invocation, description, production, sources } = situation;
  const row = VENDOR_VARIABLES[name];
  if (row.allows === undefined) return row.unused;
  // Elsewhere --allow is about production alone, of which no variable speaks.
  if (!invocation.flags.includes('only')) return 'it runs no check that would need it';
  if (sources.env[name] === '0') return undefined;
  if (sources.env[name] !== '1') return 'only 1 switches it on';
  const other = whyOtherTarget(situation);
  if (other !== undefined) return other;
  if (description?.given.url === undefined) return 'on the embedded server everything is allowed';
  if (description.describedBy !== 'environment') return 'the target is the one of --url';
  return production ? productionRefusal(row.allows) : undefined;
}

function whyOtherTarget({ description, sources }: Situation): string | undefined {
  if (description === undefined) return 'the target is the embedded server';
  const { name, describedBy } = description;
  return describedBy === 'file'
    ? `the target is ${name ?? 'one'} of ${sources.file?.source ?? 'emcp.yaml'}`
    : undefined;
}
