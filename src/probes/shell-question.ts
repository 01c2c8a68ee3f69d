import type { CommandResult } from '../model/probes.ts';
import { Unreachable } from '../model/errors.ts';
import type { Recorder } from '../journal/recorder.ts';
import { placeLabel } from './shell-place.ts';
import type { Shell } from './shell.ts';

/** What every probe that runs commands is made of. */
export interface ShellProbeOptions {
  readonly shell: Shell;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

interface Question {
  /** Name of the probe in the journal. */
  readonly probe: string;
  readonly command: readonly string[];
  /** What a command that is still running at the deadline comes to. */
  readonly whenLate: 'unreachable' | 'ended';
}

/** Runs a command once and keeps what came of it. */
export async function askShell(
  { shell, recorder, signal }: ShellProbeOptions,
  { probe, command, whenLate }: Question,
): Promise<CommandResult> {
  const question = { command: [...command], where: placeLabel(shell.place) };
  const { value, evidence } = await recorder.ask({ probe, question }, async () => {
    const { late, ...result } = await shell.run(command, signal);
    if (late && whenLate === 'unreachable') {
      throw new Unreachable('timeout-total', `${command.join(' ')} did not end within ${shell.limits.deadlineMs} ms`);
    }
    return { value: result, outcome: { ...result, ...(late ? { endedAtDeadline: true } : {}) } };
  });
  return { ...value, evidence };
}
