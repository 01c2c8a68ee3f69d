import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../../bin/emcp.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with what was written so far, once it matches. */
  readonly said: (pattern: RegExp, from?: 'stdout' | 'stderr') => Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts the built command with an environment of its own: nothing of the tester's own targets gets in. */
export function start(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Running {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, [BIN, ...argv], { cwd, env: { PATH, HOME, TMPDIR, ...env } });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
      child.emit('said');
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    ...texts,
  }));
  return {
    child,
    ended,
    async said(pattern, from = 'stdout') {
      while (!pattern.test(texts[from]))
        await Promise.race([once(child, 'said'), ended.then(() => Promise.reject(new Error(texts.stderr)))]);
      return texts[from];
    },
  };
}

export async function run(
  argv: readonly string[],
  env?: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<Ended> {
  const running = start(argv, env, cwd);
  running.child.stdin.end();
  return running.ended;
}

/** A separate `emcp serve`, the environment it prints, and how to stop it. */
export async function serve(argv: readonly string[] = []): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly running: Running;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}> {
  const running = start(['serve', '--port', '0', '--print-env', ...argv]);
  const text = await running.said(/EMCP_MANAGER_CSRF='[^']*'\n/);
  const env = Object.fromEntries(
    [...text.matchAll(/^export (\w+)='([^']*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  return {
    env,
    running,
    stop: (signal = 'SIGTERM') => {
      running.child.kill(signal);
      return running.ended;
    },
  };
}
