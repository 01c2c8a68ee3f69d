import { errorCode, UsageError } from '../model/errors.ts';
import { oneLine } from '../reporters/sanitise.ts';
import { EXIT } from './exit.ts';
import type { Io, LostOutput } from './io.ts';

/** Writes one output; what was lost where that fails, so that the others are still written. */
export async function tryOutput(place: string, write: () => Promise<void>): Promise<LostOutput | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    return lostBy(error, place);
  }
}

/** What an error costs: `place` unless the error names the file itself. */
export function lostBy(error: unknown, place: string): LostOutput {
  if (error instanceof UsageError) return { place: error.where?.source ?? place, why: error.message };
  const code = errorCode(error);
  if (code !== undefined) return { place, why: `cannot be written: ${code}` };
  // A reporter that throws costs its own output and no other.
  return { place, why: `internal error: ${String(error)}` };
}

/** Names each lost output in the last lines, and turns a good end into its own exit code; every other end stands. */
export function concludeOutputs(code: number, lost: readonly LostOutput[], io: Io): number {
  for (const { place, why } of lost) io.err(`emcp: output lost: ${oneLine(`${place}: ${why}`, LONGEST_LINE)}\n`);
  return code === EXIT.ok && lost.length > 0 ? EXIT.outputLost : code;
}

const LONGEST_LINE = 1000;
