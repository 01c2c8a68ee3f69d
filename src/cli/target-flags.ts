import { Option, type Command } from 'commander';
import { OPTION_GROUPS } from '../config/target-option.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from '../config/target-options.ts';
import {
  longFlag,
  SELECTOR_KEYS,
  TARGET_SELECTORS,
  wordName,
  type SelectorKey,
  type TargetWords,
} from '../config/target-words.ts';
import { UsageError } from '../model/errors.ts';

/** Flags that say what is checked; the same for every command that sends requests to a target. */
export interface TargetFlags extends TargetWords {
  readonly profile?: string;
  readonly checks?: readonly string[];
}

/** Gives a command everything that can be said of a target. */
export function addTargetFlags(command: Command, profile = 'hybrid'): Command {
  command.option('-p, --profile <name|file>', `what the deployment promises (default: ${profile})`);
  addOptions(command, SELECTOR_KEYS, OPTION_KEYS);
  return command.optionsGroup('Options:').option('--checks <dir...>', 'folders with checks of your own');
}

/** Some of it, for commands that need little: which target is meant, and these options. */
export function addSomeTargetFlags(command: Command, keys: readonly OptionKey[]): Command {
  addOptions(command, ['target', 'config'], keys);
  return command.optionsGroup('Options:');
}

function addOptions(command: Command, selectors: readonly SelectorKey[], keys: readonly OptionKey[]): void {
  command.optionsGroup(OPTION_GROUPS[0].title);
  for (const key of selectors) command.option(TARGET_SELECTORS[key].flag, TARGET_SELECTORS[key].does);
  for (const { id, title } of OPTION_GROUPS) {
    command.optionsGroup(title);
    for (const key of keys.filter((one) => TARGET_OPTIONS[one].group === id)) addOption(command, key);
  }
  // What is said of a target is read elsewhere, and with it what this command cannot use.
  command.hook('preAction', (_above, action) => {
    action.setOptionValue('invocation', {
      command: wordsOf(action),
      flags: action.options.map((one) => one.attributeName()),
    });
  });
}

function addOption(command: Command, key: OptionKey): void {
  const { flag, does, variables, kind } = TARGET_OPTIONS[key];
  const stdin = kind.hides === 'all' ? '; - reads stdin' : '';
  const named = variables.length === 0 ? '' : ` (${variables.join(', ')})`;
  command.option(flag, `${does}${stdin}${named}`);
  if (kind.hides === 'all') command.addOption(refusedSecret(longFlag(key)));
}

/** A secret on the command line ends up in the process list and the shell history. The value is not repeated. */
function refusedSecret(fileFlag: string): Option {
  const flag = fileFlag.replace(/-file$/, '');
  return new Option(`${flag} <value>`).hideHelp().argParser(() => {
    throw new UsageError('secret-on-command-line', `${flag} would show the secret to everybody on this machine`, {
      hint: `write it into a file and give ${fileFlag} FILE, or use the environment`,
    });
  });
}

/** Whether the command line says anything of a target, so that another command needs the same words. */
function namesTarget(flags: TargetFlags): boolean {
  const words: Readonly<Record<string, unknown>> = { ...flags };
  return [...SELECTOR_KEYS, ...OPTION_KEYS.map(wordName)].some((name) => words[name] !== undefined);
}

/** What to type next where the target has to be looked at. */
export function doctorOf(flags: TargetFlags): string {
  return namesTarget(flags) ? 'emcp doctor, with the same flags for the target' : 'emcp doctor';
}

function wordsOf(command: Command): string {
  return command.parent === null ? command.name() : `${wordsOf(command.parent)} ${command.name()}`;
}
