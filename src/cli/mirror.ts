import type { CommandResult } from '../model/probes.ts';
import type { Target } from '../model/target.ts';
import { sanitise } from '../reporters/sanitise.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

const MIRROR_SCHEMA = 'emcp.mirror/1';

/** The one JSON envelope of the commands that mirror artisan's. */
export function mirrorJson(command: string, target: Target, facts: Readonly<Record<string, unknown>>): string {
  const { kind, label } = target.facts;
  const document = { schema: MIRROR_SCHEMA, command, target: { kind, label }, ...facts };
  return `${JSON.stringify(target.redactor.json(document), null, 2)}\n`;
}

/** What the console printed, line for line, with nothing in it that could do something to a terminal. */
export function repeat(output: CommandResult, target: Target, io: Io): void {
  const clean = (text: string): string => sanitise(target.redactor.text(text));
  io.out(clean(output.stdout));
  io.err(clean(output.stderr));
}

/** The console's own exit code; ended by a signal, or without one, it gave no answer. */
export function exitOfConsole({ exit, signal }: CommandResult, io: Io): number {
  if (exit !== null) return exit;
  io.err(`emcp: artisan was ended by ${signal ?? 'something'}\nnext: run it on the host itself\n`);
  return EXIT.blocked;
}
