import { closeSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { isatty } from 'node:tty';
import { errorCode } from '../model/errors.ts';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
export type Signal = (typeof SIGNALS)[number];

/** How a lost standard output is named. */
export const STDOUT = 'standard output';

/** An output that could not be written. */
export interface LostOutput {
  /** The file or folder, or the name of a stream. */
  readonly place: string;
  readonly why: string;
}

/** The only holder of streams, terminal facts and the environment; tests hand in another one. */
export interface Io {
  /** Never throws; what could not be written is named by `flush`. */
  out(text: string): void;
  err(text: string): void;
  /** Waits until everything is written, and names the streams that lost something so far. */
  flush(): Promise<readonly LostOutput[]>;
  readStdin(): Promise<string>;
  /** Puts one question to a person; absent where none is there, nothing when they break off. */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly color: boolean;
  /** Columns of the terminal; 100 in a pipe. */
  readonly width: number;
  /** Calls back at the first signal of each kind; a second one ends the process. Returns how to stop listening. */
  onSignal(handler: (signal: Signal) => void): () => void;
}

const PIPE_WIDTH = 100;

export function processIo(): Io {
  const { stdout, stderr, env } = process;
  process.once('exit', closer());
  const out = writerOf(stdout, STDOUT);
  const err = writerOf(stderr, 'standard error');
  return {
    out: out.write,
    err: err.write,
    flush: async () => [...(await out.flush()), ...(await err.flush())],
    readStdin,
    ask: process.stdin.isTTY && isTerminal(stderr) ? ask : undefined,
    env,
    cwd: process.cwd(),
    outIsTerminal: isTerminal(stdout),
    errIsTerminal: isTerminal(stderr),
    color: wantsColor(env, isTerminal(stdout)),
    width: isTerminal(stdout) ? stdout.columns : PIPE_WIDTH,
    onSignal,
  };
}

/** Closes the terminals that went away: Node aborts, whatever the exit code, when it cannot restore their modes. */
function closer(): () => void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  return () => {
    for (const fd of terminals) if (!isatty(fd)) closeSync(fd);
  };
}

interface Writer {
  readonly write: (text: string) => void;
  readonly flush: () => Promise<readonly LostOutput[]>;
}

/**
 * Keeps the first failure of a stream instead of ending the process over it, whoever wrote: a spinner writes, too. A reader
 * that has seen enough (`emcp … | head`), and what comes after it, is no failure.
 */
function writerOf(stream: NodeJS.WriteStream, place: string): Writer {
  let lost: LostOutput | undefined;
  const note = (error: Error | null | undefined): void => {
    const code = errorCode(error);
    if (!error || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    lost ??= { place, why: `cannot be written: ${code ?? error.message}` };
  };
  stream.on('error', note);
  let last = Promise.resolve();
  return {
    write(text) {
      // Writes end in their order, so the last one stands for all.
      last = new Promise((resolve) => {
        stream.write(text, (error) => {
          note(error);
          resolve();
        });
      });
    },
    async flush() {
      await last;
      return lost === undefined ? [] : [lost];
    },
  };
}

/** A terminal that reports no columns is none: spinners never end on it. */
function isTerminal(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.columns > 0;
}

function wantsColor(env: Io['env'], terminal: boolean): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return terminal && env['TERM'] !== 'dumb';
}

async function readStdin(): Promise<string> {
  return (await buffer(process.stdin)).toString('utf8');
}

async function ask(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and Ctrl-D close the interface and leave its question open.
    const brokenOff = new Promise<undefined>((resolve) => line.once('close', () => resolve(undefined)));
    return await Promise.race([line.question(question), brokenOff]);
  } finally {
    line.close();
  }
}

function onSignal(handler: (signal: Signal) => void): () => void {
  const seen = new Set<Signal>();
  const onEach = (signal: Signal): void => {
    if (!seen.has(signal)) {
      seen.add(signal);
      handler(signal);
      return;
    }
    ignore();
    process.kill(process.pid, signal);
  };
  const ignore = (): void => {
    for (const signal of SIGNALS) process.off(signal, onEach);
  };
  // Not `once`: what puts a terminal's cursor back ends the process when it finds itself the only listener.
  for (const signal of SIGNALS) process.on(signal, onEach);
  return ignore;
}
