import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey, type OptionValues, type DefinedKey } from './target-options.ts';

/** A secret that was given, and what stands in its place in reports. */
export interface GivenSecret {
  readonly label: string;
  readonly value: string;
}

type DefinedValues = Partial<OptionValues> & Pick<OptionValues, DefinedKey>;

/** An installation that is reached over the network, completely described: the values of the options, by key. */
export type Installation = DefinedValues & {
  readonly kind: 'remote';
  /** Its name in `emcp.yaml`, when it comes from there. */
  readonly name?: string;
  readonly secrets: readonly GivenSecret[];
};

/**
 * What is given, with defaults for the rest, and with its secrets listed so that none is forgotten, not even one in whose
 * place another is used.
 */
export function completeInstallation(
  given: Partial<OptionValues>,
  { name, replaced = [] }: { readonly name?: string | undefined; readonly replaced?: readonly OptionKey[] } = {},
): Installation {
  const secrets = secretsIn(given);
  const values: { -readonly [Key in OptionKey]?: OptionValues[Key] } = { ...given };
  for (const key of replaced) delete values[key];
  for (const key of OPTION_KEYS) applyDefault(values, key);
  if (!isDefined(values)) throw new Error('an installation without its required options');
  return { kind: 'remote', ...(name === undefined ? {} : { name }), ...values, secrets };
}

function applyDefault<Key extends OptionKey>(values: { [One in Key]?: OptionValues[One] }, key: Key): void {
  const { default: usual } = TARGET_OPTIONS[key];
  if (values[key] === undefined && usual !== undefined) values[key] = usual;
}

function isDefined(values: Partial<OptionValues>): values is DefinedValues {
  return OPTION_KEYS.every((key) => {
    const { required, default: usual } = TARGET_OPTIONS[key];
    return values[key] !== undefined || (required === undefined && usual === undefined);
  });
}

function secretsIn(values: Partial<OptionValues>): readonly GivenSecret[] {
  return OPTION_KEYS.flatMap((key) => {
    const { kind, secret: label = key } = TARGET_OPTIONS[key];
    const value: unknown = values[key];
    return kind.hides === 'all' && typeof value === 'string' ? [{ label, value }] : [];
  });
}
