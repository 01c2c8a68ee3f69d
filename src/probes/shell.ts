import { Unreachable } from '../model/errors.ts';
import type { Redactor } from '../model/redaction.ts';
import type { Ended } from './shell-ended.ts';
import type { Place } from '../model/installation.ts';
import { afterStart, commandLine } from './shell-place.ts';

/** Milliseconds between asking a process group to end and ending it, and for its last output after its leader ended. */
const GRACE_MS = 500;

export interface ShellLimits {
  readonly deadlineMs: number;
  /** Of each output stream. */
  readonly outputBytes: number;
}

const SHELL_LIMITS: ShellLimits = { deadlineMs: 25_000, outputBytes: 1024 * 1024 };

export interface ShellOptions {
  readonly place: Place;
  /** Variables with a secret it knows are not handed on. */
  readonly redactor: Redactor;
  readonly limits?: Partial<ShellLimits>;
}

/** Runs commands where the target lives: argument lists, no terminal, no input, never past a deadline or an output cap. */
export interface Shell {
  readonly place: Place;
  readonly limits: ShellLimits;
  /** Throws `Unreachable` when nothing ran or it said too much, and the signal's reason when stopped. */
  run(command: readonly string[], signal: AbortSignal): Promise<Ended>;
}

export function createShell({ place, redactor, limits: given = {} }: ShellOptions): Shell {
  const limits = { ...SHELL_LIMITS, ...given };
  return {
    place,
    limits,
    async run(command, signal) {
      const { argv, cwd } = commandLine(place, command);
      const spawned = { argv, cwd, env: environment(redactor), limits };
      return afterStart(place, await runOnce(spawned, signal));
    },
  };
}

/** The process environment without what is ours or secret. */
function environment(redactor: Redactor): NodeJS.ProcessEnv {
  const ours = ([name, value = '']: [string, string | undefined]) =>
    name.startsWith('EMCP_') || (name !== 'PATH' && redactor.text(value) !== value);
  return Object.fromEntries(Object.entries(process.env).filter((entry) => !ours(entry)));
}

interface Spawned {
  readonly argv: readonly string[];
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly limits: ShellLimits;
}

async function runOnce({ argv, cwd, env, limits }: Spawned, signal: AbortSignal): Promise<Ended> {
  const { execa } = await import('execa');
  signal.throwIfAborted();
  const [file = '', ...args] = argv;
  const child = execa(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    extendEnv: false,
    stdin: 'ignore',
    encoding: 'buffer',
    maxBuffer: limits.outputBytes,
    stripFinalNewline: false,
    reject: false,
    // A group of its own: what the command starts ends with it.
    detached: true,
  });
  const watch = watchOver(child, limits.deadlineMs, signal);
  const result = await child.finally(() => watch.end());
  signal.throwIfAborted();
  if (result.isMaxBuffer)
    throw new Unreachable('too-large', `${file} printed more than ${limits.outputBytes} bytes`, result);
  if (result.exitCode === undefined && result.signal === undefined) {
    throw new Unreachable('process', `${file} cannot be started: ${result.code ?? 'no reason given'}`, result);
  }
  return {
    exit: result.exitCode ?? null,
    signal: result.signal ?? null,
    stdout: text(result.stdout),
    stderr: text(result.stderr),
    ms: Math.round(result.durationMs),
    late: watch.late(),
  };
}

/** The part of a child process that is watched. */
interface Child {
  readonly pid?: number | undefined;
  readonly stdout: { destroy(): unknown };
  readonly stderr: { destroy(): unknown };
  once(event: 'exit', listener: () => void): unknown;
}

/** Ends the group at the deadline or when stopped, and what still holds its outputs open after its leader ended. */
function watchOver(child: Child, deadlineMs: number, signal: AbortSignal) {
  let late = false;
  let last: NodeJS.Timeout | undefined;
  const end = (): void => {
    killGroup(child.pid, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const endSoon = (): void => {
    last ??= setTimeout(end, GRACE_MS);
  };
  const stop = (): void => {
    killGroup(child.pid, 'SIGTERM');
    endSoon();
  };
  const deadline = setTimeout(() => {
    late = true;
    stop();
  }, deadlineMs);
  const onExit = (): void => killGroup(child.pid, 'SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', onExit);
  child.once('exit', endSoon);
  return {
    late: () => late,
    end() {
      clearTimeout(deadline);
      clearTimeout(last);
      signal.removeEventListener('abort', stop);
      process.removeListener('exit', onExit);
      if (late || signal.aborted) killGroup(child.pid, 'SIGKILL');
    },
  };
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
