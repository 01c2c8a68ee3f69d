import type { CommandResult } from '../model/probes.ts';
import type { Target } from '../model/target.ts';
import { whyNotReached, type NotRun } from '../protocol/artisan.ts';
import { jsonText } from '../reporters/json-text.ts';
import { oneLine, sanitise } from '../reporters/sanitise.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';

const MIRROR_SCHEMA = 'emcp.mirror/1';

/** The one JSON envelope of the commands that mirror artisan's. */
export function mirrorJson(command: string, target: Target, facts: Readonly<Record<string, unknown>>): string {
  const { kind, label } = target.facts;
  const document = { schema: MIRROR_SCHEMA, command, target: { kind, label }, ...facts };
  return `${jsonText(target.redactor.json(document), 2)}\n`;
}

/** What the console printed, line for line, with nothing in it that could do something to a terminal. */
export function repeat(output: CommandResult, target: Target, io: Io): void {
  const clean = (text: string): string => sanitise(target.redactor.text(text));
  io.out(clean(output.stdout));
  io.err(clean(output.stderr));
}

interface Heard {
  readonly output: CommandResult;
  /** What the command's own parser read in it. */
  readonly read: NotRun | { readonly kind: string };
  readonly target: Target;
}

/**
 * Whether the console ended well, as an exit code of this tool: the console's own is in the JSON, and could mean something
 * else here. 3 where what answered was not the command, and then why.
 */
export function exitOfConsole({ output, read, target }: Heard, io: Io): ExitCode {
  const unreached = whyNotReached(output, read);
  const why = unreached ?? whyNotRun(read);
  const code = output.exit === 0 ? EXIT.ok : EXIT.failed;
  if (why === undefined) return code;
  io.err(`emcp: ${oneLine(target.redactor.text(why), LONGEST_CAUSE)}\nnext: ${NEXT}\n`);
  return unreached !== undefined || code === EXIT.ok ? EXIT.blocked : code;
}

const LONGEST_CAUSE = 300;
const NEXT = 'run it on the host itself, or give another --artisan, --artisan-cwd, --ssh or --exec';

function whyNotRun(read: Heard['read']): string | undefined {
  if (read.kind === 'unknown-command')
    return 'artisan does not know the command: eMCP is not installed or did not boot';
  return 'exception' in read ? `artisan did not get to the command: ${read.exception}: ${read.message}` : undefined;
}
