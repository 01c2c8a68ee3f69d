import { realpathSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandLine } from '../../src/probes/shell-place.ts';
import { fakePhp, lendShell, type FakePhp } from './shell-fake-php.ts';

let php: FakePhp;
const { signal } = new AbortController();
beforeAll(() => {
  php = fakePhp();
});
afterAll(() => php.remove());

describe('a command', () => {
  it('gets its words as they are, whatever a shell would make of them', async () => {
    const words = ['$(id)', "it's", 'a b', '*', '', '"; rm', '\\', 'ü'];
    const { shell } = lendShell({ kind: 'local', cwd: php.folder });
    const { stdout } = await shell.run([...php.command, 'args', ...words], signal);
    expect(stdout).toBe(words.map((word) => `<${word}>`).join(''));
  });

  it('runs in its directory, without a terminal and without input', async () => {
    const { shell } = lendShell({ kind: 'local', cwd: php.folder });
    expect((await shell.run([...php.command, 'where'], signal)).stdout).toBe(`${realpathSync(php.folder)}\n`);
    expect((await shell.run([...php.command, 'terminal'], signal)).stdout).toBe('no\n');
    expect((await shell.run([...php.command, 'reads'], signal)).stdout).toBe('end\n');
  });

  it('sees neither our settings nor a variable with a known secret', async () => {
    vi.stubEnv('EMCP_TOKEN', 'visible');
    vi.stubEnv('HARMLESS', 'plain');
    vi.stubEnv('DSN', 'db://user:hush-hush-1234@host');
    const { shell, redactor } = lendShell({ kind: 'local' });
    redactor.learn('hush-hush-1234', 'password');
    const { stdout } = await shell.run([...php.command, 'env'], signal);
    vi.unstubAllEnvs();
    expect(stdout).toContain('HARMLESS=plain');
    expect(stdout).not.toMatch(/^(?:EMCP_|DSN=)/m);
  });

  it('is put behind a prefix', async () => {
    const { shell } = lendShell({ kind: 'prefix', argv: ['env', 'INSIDE=1'] });
    expect((await shell.run([...php.command, 'env'], signal)).stdout).toContain('INSIDE=1');
  });

  it('runs in its directory where the prefix leads, with its words as they are', async () => {
    const { shell } = lendShell({ kind: 'prefix', argv: ['env', 'INSIDE=1'], cwd: php.folder });
    const where = await shell.run([...php.command, 'where'], signal);
    expect(where).toMatchObject({ exit: 0, stdout: `${realpathSync(php.folder)}\n`, stderr: '' });
    const words = ['$(id)', "it's", '', '*', '-n', '\\'];
    const { stdout } = await shell.run([...php.command, 'args', ...words], signal);
    expect(stdout).toBe(words.map((word) => `<${word}>`).join(''));
    expect((await shell.run([...php.command, 'fails'], signal)).stderr).toBe('why\n');
  });
});

describe('a command that cannot start', () => {
  it.each([
    ['a missing program', { kind: 'local' } as const],
    ['a missing directory', { kind: 'local', cwd: '/nowhere/at/all' } as const],
    ['a missing prefix', { kind: 'prefix', argv: ['emcp-no-such-prefix'] } as const],
    ['a prefix that does not find it', { kind: 'prefix', argv: ['env'] } as const],
    ['a missing directory behind a prefix', { kind: 'prefix', argv: ['env'], cwd: '/nowhere/at/all' } as const],
    ['a prefix that fails', { kind: 'prefix', argv: ['false'], cwd: '/' } as const],
  ])('says so for %s', async (_title, place) => {
    const { shell } = lendShell(place);
    await expect(shell.run(['emcp-no-such-program'], signal)).rejects.toMatchObject({
      name: 'Unreachable',
      kind: 'process',
    });
  });

  it('is not handed to ssh with a destination that would be an option', () => {
    expect(() => commandLine({ kind: 'ssh', destination: '-oProxyCommand=id' }, ['php'])).toThrow(
      expect.objectContaining({ code: 'ssh-destination' }),
    );
  });
});
