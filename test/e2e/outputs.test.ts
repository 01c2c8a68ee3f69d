import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run, serve, start } from '../support/cli.ts';
import { findProgram, unlessMissing } from '../support/installed.ts';

const BIN = join(import.meta.dirname, '../../bin/emcp.js');
const GREEN = ['check', '--only', 'preflight'];
const NOT_MEASURED = { EMCP_BASE_URL: 'http://127.0.0.1:9', EMCP_API_TOKEN: 'x.y.z' };

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'emcp-outputs-'));
});
afterEach(() => rmSync(home, { recursive: true }));

interface ShellEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** By a real shell, for its redirections; `emcp` is the built command. */
async function shell(line: string, env: Readonly<Record<string, string>> = {}): Promise<ShellEnd> {
  const { PATH = '', HOME = '' } = process.env;
  const script = `emcp() { "${process.execPath}" "${BIN}" "$@"; }\n${line}`;
  return new Promise((resolve) => {
    const options = { cwd: home, env: { PATH, HOME, ...env }, maxBuffer: 256 * 1024 * 1024 };
    execFile('bash', ['-c', script], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe.skipIf(!existsSync('/dev/full'))('a standard output that is full', () => {
  it.each([['check --only preflight'], ['list'], ['check --help'], ['explain exit'], ['--version']])(
    'costs `emcp %s` a good end, and is told in one line',
    async (words) => {
      const { code, stderr } = await shell(`emcp ${words} > /dev/full`);
      expect({ code, stderr }).toEqual({
        code: 4,
        stderr: 'emcp: output lost: standard output: cannot be written: ENOSPC\n',
      });
    },
  );

  it('does not replace the verdict, which is printed on standard error instead', async () => {
    const { code, stderr } = await shell('emcp check --only preflight > /dev/full', NOT_MEASURED);
    expect(code).toBe(3);
    expect(stderr).toContain('preflight/reachable');
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('emcp: output lost: standard output: cannot be written: ENOSPC');
    expect(stderr).not.toContain('    at ');
  });

  it('does not turn a failure into anything else', async () => {
    const { env, stop } = await serve();
    const wrong = { ...env, EMCP_TEST_JWT_SECRET: 'another-secret-0123456789abcdef' };
    const { code, stderr } = await shell('emcp check --only auth/sound-token > /dev/full', wrong);
    await stop();
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
  });

  it('does not keep a file from being written', async () => {
    expect((await shell('emcp check --only preflight --reporter terminal json=r.json > /dev/full')).code).toBe(4);
    expect(JSON.parse(readFileSync(join(home, 'r.json'), 'utf8'))).toMatchObject({ outcome: 'ok' });
  });

  it('has a sister in standard error', async () => {
    expect(await shell('emcp plan --nope 2> /dev/full')).toMatchObject({ code: 2 });
    expect((await shell('emcp init --yes 2> /dev/full')).code).toBe(4);
    expect(existsSync(join(home, 'emcp.yaml'))).toBe(true);
  });
});

describe('a pipe', () => {
  it('that has seen enough changes no code', async () => {
    expect(
      await shell('emcp check --embedded --only preflight --json | head -c 1; exit "${PIPESTATUS[0]}"'),
    ).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('that is slow gets the whole report', async () => {
    const { stdout } = await shell('emcp check --json | (sleep 4; cat)');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'emcp.report/3' });
    expect(stdout.length).toBeGreaterThan(200_000);
  });
});

describe('an output that cannot be written', () => {
  it.skipIf(!existsSync('/dev/full'))(
    'is the step summary: the others are written, and the verdict stands',
    async () => {
      const env = { GITHUB_STEP_SUMMARY: '/dev/full' };
      const argv = ['--reporter', 'github', 'junit=junit.xml'];
      const green = await run([...GREEN, '--embedded', ...argv], env, home);
      expect(green.code).toBe(4);
      expect(green.stderr).toBe('emcp: output lost: /dev/full: cannot be written: ENOSPC\n');
      expect(existsSync(join(home, 'junit.xml'))).toBe(true);
      expect(await run([...GREEN, ...argv], { ...env, ...NOT_MEASURED }, home)).toMatchObject({ code: 3 });
    },
  );

  it('because its folder became a file during the run is named last, once, and costs no other', async () => {
    const reporters = ['ndjson', 'junit=reports/a.xml', 'json=kept.json'];
    const running = start(['check', '--embedded', '--reporter', ...reporters, '--output', 'run'], {}, home);
    await running.said(/"event":"check-finished"/);
    writeFileSync(join(home, 'reports'), '');
    const ended = await running.ended;
    expect(ended.code).toBe(4);
    expect(ended.stderr).toMatch(/^emcp: output lost: \/.*\/reports\/a\.xml: cannot be written: ENOTDIR\n$/);
    expect(JSON.parse(readFileSync(join(home, 'kept.json'), 'utf8'))).toMatchObject({ outcome: 'ok' });
    expect(readdirSync(join(home, 'run'))).toHaveLength(3);
  });
});

describe('a folder that is missing', () => {
  it('is made for a report', async () => {
    const ended = await run([...GREEN, '--embedded', '--reporter', 'junit=reports/ci/junit.xml'], {}, home);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(join(home, 'reports/ci/junit.xml'), 'utf8')).toContain('<testsuites');
  });

  it('is made for a run that is saved and for a report of it, for the owner alone where the run is', async () => {
    expect((await run([...GREEN, '--output', 'runs/today'], {}, home)).code).toBe(0);
    expect(statSync(join(home, 'runs/today')).mode & 0o777).toBe(0o700);
    expect((await run(['report', 'runs/today', '-f', 'html', '-o', 'a/b.html'], {}, home)).code).toBe(0);
    expect(readFileSync(join(home, 'a/b.html'), 'utf8')).toContain('<!doctype html>');
  });

  it.each([
    ['a reporter', [...GREEN, '--reporter', 'junit=file/x.xml']],
    ['a run', [...GREEN, '--output', 'file/run']],
    ['a report', ['report', 'nowhere', '-o', 'file/x.html']],
  ])('below a file is refused before the run for %s', async (_name, argv) => {
    writeFileSync(join(home, 'file'), '');
    const ended = await run(argv, {}, home);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('cannot be written: ENOTDIR');
  });
});

const script = findProgram('script');

describe.skipIf(script === undefined)(`on a terminal (${unlessMissing('script', script)})`, () => {
  /** In a terminal of its own, where `emcp` is the built command; gives what the terminal showed. */
  async function onTerminal(line: string): Promise<string> {
    writeFileSync(join(home, 'emcp'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, { mode: 0o755 });
    writeFileSync(join(home, 'line'), `set -m\nstty cols 100 rows 30\nPATH=${home}:$PATH\n${line}\n`);
    return (await shell('script -qec "bash ./line" /dev/null < /dev/null', { TERM: 'xterm' })).stdout;
  }

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s ends with a report, though a spinner hears of it, too', async (signal, code) => {
    const check = 'emcp check --profile streaming --reporter terminal json=r.json';
    const shown = await onTerminal(`${check} & sleep 3; kill -${signal} %1; wait %1; echo "ended $?"`);
    expect(shown).toContain(`ended ${code}`);
    expect(JSON.parse(readFileSync(join(home, 'r.json'), 'utf8'))).toMatchObject({ run: { interrupted: signal } });
  });

  it('that is closed ends with a report and 129, and does not abort', async () => {
    const check = 'emcp check --profile streaming --reporter terminal json=r.json';
    await onTerminal(`trap : HUP; (sleep 3; kill -KILL $PPID) & ${check}; echo "ended $?" > ended`);
    await vi.waitUntil(() => existsSync(join(home, 'ended')), { timeout: 20_000 });
    await vi.waitUntil(() => readFileSync(join(home, 'ended'), 'utf8') !== '', { timeout: 5_000 });
    expect(readFileSync(join(home, 'ended'), 'utf8')).toBe('ended 129\n');
    expect(JSON.parse(readFileSync(join(home, 'r.json'), 'utf8'))).toMatchObject({ run: { interrupted: 'SIGHUP' } });
  });
});
