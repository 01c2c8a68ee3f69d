import { stripVTControlCharacters } from 'node:util';

/** What a console command left behind; `signal` is what ended it where it has no exit code. */
export interface CommandOutput {
  readonly exit: number | null;
  readonly signal?: string | null;
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

/**
 * Why nothing is known of the command, whatever a parser `read` in what answered: a shell without PHP, a banner, a
 * container that is not there, or a console that was ended. `undefined` where the command spoke, or its application.
 */
export function whyNotReached(output: CommandOutput, read: { readonly kind: string }): string | undefined {
  const { exit, signal, stdout, stderr } = output;
  if (exit === null) return `the console was ended by ${signal ?? 'something'}`;
  if (read.kind !== 'unrecognised') return undefined;
  const said = [stderr, stdout].map((text) => text.replaceAll(/\s+/g, ' ').trim()).find((text) => text !== '');
  return `the console was not reached: exit ${exit}, and it said ${said ?? 'nothing'}`;
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
