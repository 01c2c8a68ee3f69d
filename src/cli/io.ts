export type Signal = 'SIGINT' | 'SIGTERM';

/** The only holder of streams, terminal facts and the environment; tests hand in another one. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
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
  /** Calls back at the first signal of each kind; a second one ends the process as usual. Returns how to stop listening. */
  onSignal(handler: (signal: Signal) => void): () => void;
}

const PIPE_WIDTH = 100;

export function processIo(): Io {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    // A reader that has seen enough (`emcp … | head`) is no failure.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
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
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
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
  const onInt = (): void => handler('SIGINT');
  const onTerm = (): void => handler('SIGTERM');
  process.once('SIGINT', onInt);
  process.once('SIGTERM', onTerm);
  return () => {
    process.off('SIGINT', onInt);
    process.off('SIGTERM', onTerm);
  };
}
