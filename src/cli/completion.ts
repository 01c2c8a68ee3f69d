import type { Command } from 'commander';

/** Names that are not in the command tree. */
export interface CompletionNames {
  readonly checks: readonly string[];
  readonly faults: readonly string[];
  readonly profiles: readonly string[];
  readonly formats: readonly string[];
}

/** What may stand in the place of the last word; nothing where a file may. */
export function complete(program: Command, words: readonly string[], names: CompletionNames): readonly string[] {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = before.reduce((above, word) => above.commands.find((one) => one.name() === word) ?? above, program);
  return candidates(command, { last, before, names }).filter((word) => word.startsWith(last));
}

interface Place {
  readonly last: string;
  readonly before: readonly string[];
  readonly names: CompletionNames;
}

function candidates(command: Command, { last, before, names }: Place): readonly string[] {
  const options = command.options.filter(({ hidden }) => !hidden);
  if (last.startsWith('-')) return [...options.flatMap(({ long }) => long ?? []), '--help'];
  const flag = before.findLastIndex((word) => word.startsWith('-'));
  const open = options.find(({ long, short }) => flag >= 0 && [long, short].includes(before[flag]));
  const takes = open?.variadic === true || flag === before.length - 1;
  if (open !== undefined && (open.required || open.optional) && takes)
    return open.argChoices ?? valuesOf(open.long ?? '', command, names);
  if (command.name() === 'explain') return ['exit', ...names.checks];
  return command
    .createHelp()
    .visibleCommands(command)
    .map((one) => one.name());
}

function valuesOf(flag: string, command: Command, { checks, faults, profiles, formats }: CompletionNames) {
  const known: Readonly<Record<string, readonly string[]>> = {
    '--only': command.name() === 'selftest' ? [...faults, ...checks] : checks,
    '--fault': faults,
    '--profile': profiles,
    '--reporter': formats,
    '--allow': ['write', 'load', 'write,load'],
  };
  return known[flag] ?? [];
}

/** Each asks the installed `emcp` for words, and takes files where it knows none. */
export const SCRIPTS = {
  bash: String.raw`_emcp() {
  local IFS=$'\n'
  COMPREPLY=($(emcp complete-words -- "${'${COMP_WORDS[@]:1:COMP_CWORD}'}" 2>/dev/null))
}
complete -o default -F _emcp emcp
`,
  zsh: String.raw`#compdef emcp
_emcp() {
  local -a found
  found=(${'${(f)"$(emcp complete-words -- "${(@)words[2,CURRENT]}" 2>/dev/null)"}'})
  if (( $#found )); then compadd -a found; else _files; fi
}
compdef _emcp emcp
`,
  fish: String.raw`complete -c emcp -a '(emcp complete-words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;
