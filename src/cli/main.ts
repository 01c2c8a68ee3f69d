import { CommanderError } from 'commander';
import { UsageError } from '../model/errors.ts';
import { EXIT } from './exit.ts';
import { processIo, type Io } from './io.ts';
import { concludeOutputs } from './lost-output.ts';
import { buildProgram } from './program.ts';

/** Runs one command line and returns its exit code, when everything is written; never throws. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const code = await runCommand(argv, io);
  return concludeOutputs(code, await io.flush(), io);
}

async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.ok;
  const program = buildProgram(io, (exit) => {
    code = exit;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander's own errors end with their next command; a help nobody asked for does not.
      if (error.code === 'commander.help' && error.exitCode !== 0) io.err('next: emcp check\n');
      return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    if (error instanceof UsageError) {
      io.err(`${formatUsage(error)}\n`);
      return EXIT.usage;
    }
    io.err(`emcp: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    io.err('next: report this, with the command line\n');
    return EXIT.internalError;
  }
}

/** `file:line: key: what is wrong`, and on the next line what to type. */
function formatUsage({ message, where, hint }: UsageError): string {
  const line = where?.line === undefined ? '' : `:${where.line}`;
  const place = where === undefined ? '' : `${where.source}${line}: ${where.key === undefined ? '' : `${where.key}: `}`;
  const next = hint ?? (where?.source.includes('/') ? `fix ${where.source}${line}` : 'emcp --help');
  return `emcp: ${place}${message}\nnext: ${next}`;
}
