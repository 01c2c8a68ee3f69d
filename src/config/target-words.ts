import { TARGET_OPTIONS, type FlagOf, type OptionKey } from './target-options.ts';

/** Flags that say which target is meant, not what it is like. */
export const TARGET_SELECTORS = {
  target: { flag: '--target <name>', does: 'a target of emcp.yaml' },
  config: { flag: '--config <file>', does: 'another file than the emcp.yaml found upwards from here' },
  embedded: {
    flag: '--embedded',
    does: 'check the embedded server; emcp.yaml is not read, variables and flags of a target are not used',
  },
} as const;

export type SelectorKey = keyof typeof TARGET_SELECTORS;

export const SELECTOR_KEYS: readonly SelectorKey[] = Object.keys(TARGET_SELECTORS).filter(isSelectorKey);

type LongName<Flag> = Flag extends `--${infer Name} <${string}>` ? Name : Flag extends `--${infer Name}` ? Name : never;

type Camel<Name> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

type Word<Flag> = Flag extends `${string}...>` ? readonly string[] : Flag extends `${string}>` ? string : boolean;

type OptionWords = {
  readonly [Key in OptionKey as Camel<LongName<FlagOf<Key>>> & string]?: Word<FlagOf<Key>>;
};

type SelectorWords = {
  readonly [Key in SelectorKey]?: Word<(typeof TARGET_SELECTORS)[Key]['flag']>;
};

/** What can name the address of a target. */
export type TargetSource = 'flags' | 'environment' | 'file';

/** The command that is run, and the names of the flags it has, as their words are named. */
export interface Invocation {
  readonly command: string;
  readonly flags: readonly string[];
}

/** What the command line says of a target. */
export interface TargetWords extends OptionWords, SelectorWords {
  readonly invocation?: Invocation;
}

/** The long form of a row's flag. */
export function longFlag(key: OptionKey): string {
  return TARGET_OPTIONS[key].flag.replace(/ .*/, '');
}

/** The name under which commander keeps the word of a flag. */
export function wordName(key: OptionKey): string {
  return longFlag(key)
    .replace(/^--/, '')
    .replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}

function isSelectorKey(key: string): key is SelectorKey {
  return Object.hasOwn(TARGET_SELECTORS, key);
}
