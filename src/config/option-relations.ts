import { UsageError } from '../model/errors.ts';
import type { GivenOptions } from './described-target.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from './target-options.ts';
import { longFlag } from './target-words.ts';

/** The option that a given one needs, where it is not given. */
export function missingNeed(given: GivenOptions, key: OptionKey): OptionKey | undefined {
  const { needs } = TARGET_OPTIONS[key];
  return needs !== undefined && given[needs] === undefined ? needs : undefined;
}

/** Refuses a flag or a key that says nothing without another one. A variable may be there for other commands. */
export function assertNeeds(given: GivenOptions): void {
  const incomplete = OPTION_KEYS.find(
    (key) => given[key] !== undefined && given[key].source.kind !== 'variable' && missingNeed(given, key),
  );
  if (incomplete !== undefined) assertNeed(given, incomplete);
}

/** Refuses one option without what it needs, wherever it is given. */
export function assertNeed(given: GivenOptions, key: OptionKey): void {
  const needed = missingNeed(given, key);
  const source = given[key]?.source;
  if (needed === undefined || source === undefined) return;
  throw new UsageError(`no-${needed}`, `given, but no ${needed}`, {
    where: source.where,
    hint: `give ${waysToGive(needed)}`,
  });
}

/** Refuses two options of which only one can be. */
export function assertCompatible(given: GivenOptions): void {
  for (const key of OPTION_KEYS) {
    const { oneOf } = TARGET_OPTIONS[key];
    const rival = OPTION_KEYS.find((other) => other !== key && given[other] && TARGET_OPTIONS[other].oneOf === oneOf);
    const [first, second] = [given[key]?.source, rival && given[rival]?.source];
    if (oneOf === undefined || first === undefined || second === undefined) continue;
    throw new UsageError(`two-${oneOf}s`, `names another ${oneOf} than ${first.name}`, {
      where: second.where,
      hint: `leave ${first.name} or ${second.name} out`,
    });
  }
}

/** The option that is used in the place of a given one: it is given by a flag, or by the same source and wins there. */
export function usedInstead(given: GivenOptions, key: OptionKey): OptionKey | undefined {
  const { yieldsTo } = TARGET_OPTIONS[key];
  const rival = yieldsTo ?? OPTION_KEYS.find((other) => TARGET_OPTIONS[other].yieldsTo === key);
  const [own, other] = [given[key]?.source.kind, rival && given[rival]?.source.kind];
  if (own === undefined || other === undefined) return undefined;
  const loses = (own === 'flag') === (other === 'flag') ? yieldsTo !== undefined : other === 'flag';
  return loses ? rival : undefined;
}

/** Refuses a flag that says nothing here. A variable or a key may be there for other commands. */
export async function assertUsed(given: GivenOptions): Promise<void> {
  for (const key of OPTION_KEYS) {
    const instead = usedInstead(given, key);
    const other = instead && given[instead]?.source;
    if (other !== undefined)
      assertNoFlag(given, key, {
        why: `${other.name} is used in its place`,
        hint: `leave ${longFlag(key)} or ${other.name} out`,
      });
  }
  const address = await given.url?.read();
  if (address === undefined || new URL(address).protocol !== 'http:') return;
  for (const key of OF_TLS) assertNoFlag(given, key, { why: 'http: has no TLS', hint: `leave ${longFlag(key)} out` });
}

/** What only concerns how a connection is encrypted. */
const OF_TLS: readonly OptionKey[] = ['insecure', 'ca'];

function assertNoFlag(
  given: GivenOptions,
  key: OptionKey,
  { why, hint }: { readonly why: string; readonly hint: string },
): void {
  const source = given[key]?.source;
  if (source?.kind === 'flag')
    throw new UsageError('useless-flag', `has no effect: ${why}`, { where: source.where, hint });
}

/** The flag, the variables and the key by which an option is given. */
export function waysToGive(key: OptionKey): string {
  const { variables, yaml } = TARGET_OPTIONS[key];
  return [longFlag(key), ...variables, `${yaml}: in emcp.yaml`].join(', ').replace(/, (?=[^,]*$)/, ' or ');
}
