import type { NamedTarget } from './config-file.ts';
import type { Environment } from './environment.ts';
import type { ValueSource } from './option-kinds.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey, type OptionValues } from './target-options.ts';
import { longFlag, wordName, type TargetWords } from './target-words.ts';

/** A value that is read when it is needed, so that an unused file or variable is no error. */
export interface Given<Value> {
  readonly source: ValueSource;
  readonly read: () => Promise<Value>;
}

/** A target as one source describes it; what is absent is left to another source, or to the default. */
export type GivenOptions = { readonly [Key in OptionKey]?: Given<OptionValues[Key]> };

/** What reading may need, whatever the source. */
export interface ReadingPlace {
  readonly cwd: string;
  /** All variables, for `${env:NAME}` of the file. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Promise<string>;
}

/** What the command line says. */
export function fromFlags(flags: TargetWords, place: ReadingPlace): GivenOptions {
  const words: Readonly<Record<string, unknown>> = { ...flags };
  return give((key) => ({
    raw: words[wordName(key)],
    source: { ...sourceAt(place), kind: 'flag', name: longFlag(key), where: { source: longFlag(key) } },
  }));
}

/** What the environment says. */
export function fromEnvironment(env: Environment, place: ReadingPlace): GivenOptions {
  const variables: Readonly<Record<string, string | undefined>> = env;
  return give((key) => {
    const name = TARGET_OPTIONS[key].variables.find((variable) => variables[variable] !== undefined) ?? '';
    const where = { source: 'environment', key: name };
    return { raw: variables[name], source: { ...sourceAt(place), kind: 'variable', name, where } };
  });
}

/** What the entry of `emcp.yaml` says. */
export function fromFile({ name, source, folder, entry, lineOf }: NamedTarget, place: ReadingPlace): GivenOptions {
  return give((key) => {
    const { yaml } = TARGET_OPTIONS[key];
    const path = ['targets', name, ...yaml.split('.')];
    const line = lineOf(path);
    const where = { source, ...(line === undefined ? {} : { line }), key: path.join('.') };
    return { raw: valueAt(entry, yaml), source: { ...sourceAt(place), folder, kind: 'file', name: yaml, where } };
  });
}

/** The first option that is given, in the order of the table. */
export function firstConfiguredKey(given: GivenOptions): OptionKey | undefined {
  return OPTION_KEYS.find((key) => given[key] !== undefined);
}

/** The values of some options, where they are given. */
export async function readOptions<Key extends OptionKey>(
  given: GivenOptions,
  keys: readonly Key[],
): Promise<Partial<Pick<OptionValues, Key>>> {
  const values: { [One in Key]?: OptionValues[One] } = {};
  const readOne = async (key: Key): Promise<Key | undefined> =>
    given[key]?.read().then((value) => {
      values[key] = value;
      return key;
    });
  await Promise.all(keys.map(readOne));
  return values;
}

interface RawValue {
  readonly raw: unknown;
  readonly source: ValueSource;
}

function give(rawOf: (key: OptionKey) => RawValue): GivenOptions {
  const given: { [Key in OptionKey]?: Given<OptionValues[Key]> } = {};
  for (const key of OPTION_KEYS) put(given, key, rawOf(key));
  return given;
}

function put<Key extends OptionKey>(
  given: { [One in Key]?: Given<OptionValues[One]> },
  key: Key,
  { raw, source }: RawValue,
): void {
  if (raw === undefined) return;
  const { kind } = TARGET_OPTIONS[key];
  given[key] = { source, read: async () => kind.parse(raw, source) };
}

function sourceAt({ cwd, ...rest }: ReadingPlace) {
  return { folder: cwd, variables: rest.variables, readStdin: rest.readStdin };
}

function valueAt(entry: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), entry);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
