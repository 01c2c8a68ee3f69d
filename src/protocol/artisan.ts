import { stripVTControlCharacters } from 'node:util';

/** What a console command left behind. */
export interface CommandOutput {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command never got to its own words. */
export type NotRun =
  /** The application does not know the command: the package is not installed, or did not boot. */
  | { readonly kind: 'unknown-command' }
  /** PHP ended with an exception nobody caught, or another fatal error. */
  | { readonly kind: 'crashed'; readonly exception: string; readonly message: string }
  | { readonly kind: 'unrecognised' };

/** The lines of the output without colours and trailing space; PHP warnings may stand anywhere among them. */
export function outputLines({ stdout }: Pick<CommandOutput, 'stdout'>): readonly string[] {
  return plainLines(stdout);
}

/** Why there is nothing to read, when none of the command's own lines were found. */
export function whyNotRun({ stdout, stderr }: CommandOutput): NotRun {
  const lines = [...plainLines(stderr), ...plainLines(stdout)];
  if (lines.some((line) => UNKNOWN.test(line))) return { kind: 'unknown-command' };
  for (const line of lines) {
    const [, exception = 'Error', message] = FATAL.exec(line) ?? [];
    if (message !== undefined) return { kind: 'crashed', exception, message };
  }
  return renderedException(lines) ?? { kind: 'unrecognised' };
}

const UNKNOWN =
  /CommandNotFoundException|NamespaceNotFoundException|^\s*Command "[^"]*" is not defined|^\s*There are no commands defined in/;
const FATAL = /^(?:PHP )?(?:Fatal|Parse) error:\s+(?:Uncaught ([\w\\]+): )?(.*)$/;

/** Symfony prints an exception as `In File.php line 12:`, an empty line and the message. */
function renderedException(lines: readonly string[]): NotRun | undefined {
  const start = lines.findIndex((line) => /^\s*In \S+ line \d+:$/.test(line));
  if (start === -1) return undefined;
  const message = lines.slice(start + 1).find((line) => line.trim() !== '');
  return { kind: 'crashed', exception: 'Exception', message: message?.trim() ?? '' };
}

function plainLines(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
}
