import type { CommandResult } from '../model/probes.ts';
import { Unreachable } from '../model/errors.ts';
import { textOf } from '../model/journal-entry.ts';
import type { Codec, Recorder } from '../journal/recorder.ts';
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
  readonly probe: 'artisan' | 'worker';
  /** What the operator configured, and what follows it. */
  readonly program: readonly string[];
  readonly args: readonly string[];
  /** What a command that is still running at the deadline comes to. */
  readonly whenLate: 'unreachable' | 'ended';
}

/** Runs a command once and keeps what came of it. */
export async function askShell(
  { shell, recorder, signal }: ShellProbeOptions,
  { probe, program, args, whenLate }: Question,
): Promise<CommandResult> {
  const command = [...program, ...args];
  const asked = { probe, request: { program, args, where: placeLabel(shell.place) } };
  const { value, evidence } = await recorder.record(commandCodec, asked, async () => {
    const ended = await shell.run(command, signal);
    if (ended.late && whenLate === 'unreachable') {
      throw new Unreachable('timeout-total', `${command.join(' ')} did not end within ${shell.limits.deadlineMs} ms`);
    }
    return ended;
  });
  const { late: _late, ...result } = value;
  return { ...result, evidence };
}

/** A command that ended, whether by itself or at its deadline. */
export const commandCodec: Codec<'command', Omit<CommandResult, 'evidence'> & { readonly late: boolean }> = {
  kind: 'command',
  keep: ({ late, ms, ...result }) => ({ ...result, durationMs: ms, ...(late ? { endedAtDeadline: true } : {}) }),
  read: ({ endedAtDeadline, durationMs, stdout, stderr, ...result }) => ({
    ...result,
    ms: durationMs,
    stdout: textOf(stdout),
    stderr: textOf(stderr),
    late: endedAtDeadline === true,
  }),
};
