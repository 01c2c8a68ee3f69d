import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { testIo, type TestIo } from '../support/test-io.ts';

async function type(...argv: readonly string[]): Promise<{ readonly code: number; readonly io: TestIo }> {
  const io = testIo();
  return { code: await main(argv, io), io };
}

function lastLine({ told }: TestIo): string {
  return told.trimEnd().split('\n').at(-1) ?? '';
}

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

describe('the command line', () => {
  it('prints help to standard output and ends well', async () => {
    const { code, io } = await type('--help');
    expect(code).toBe(0);
    expect(io.written).toContain('Usage: emcp');
    expect(io.told).toBe('');
  });

  it('has a description for every command, and for every flag that it shows', () => {
    for (const command of leaves(buildProgram(testIo(), () => undefined))) {
      expect(`${command.name()}: ${command.description()}`).not.toMatch(/: $/);
      const mute = command.options.filter((option) => !option.hidden && option.description === '');
      expect(mute.map(({ flags }) => `${command.name()} ${flags}`)).toEqual([]);
    }
  });

  it('asks for a command where none is given', async () => {
    const { code, io } = await type();
    expect(code).toBe(2);
    expect(io.written).toBe('');
    expect(lastLine(io)).toBe('next: emcp check');
  });

  it.each([
    ['a command', ['chekc'], 'Did you mean check?'],
    ['a flag', ['plan', '--profil', 'hybrid'], 'Did you mean --profile?'],
    ['a profile', ['plan', '--profile', 'hybird'], 'did you mean hybrid?'],
    ['a check', ['plan', '--only', 'rate/treshold'], 'did you mean rate/threshold?'],
    ['a check to explain', ['explain', 'rate/treshold'], 'did you mean rate/threshold?'],
    ['an impact', ['plan', '--allow', 'writ'], '--allow write,load'],
    ['a number', ['check', '--concurrency', 'many'], '--concurrency 4'],
    ['a port', ['serve', '--port', '99999'], '--port 0'],
  ])('names what was meant by %s that is mistyped', async (_what, argv, meant) => {
    const { code, io } = await type(...argv);
    expect(code).toBe(2);
    expect(io.written).toBe('');
    expect(io.told).toContain(meant);
    expect(lastLine(io)).toMatch(/^next: /);
  });

  it.each([
    [['token'], 'emcp token needs mint, inspect, login', 'emcp token --help'],
    [['help', 'nope'], 'there is no command nope; there are check, plan, doctor', 'emcp --help'],
    [['help', 'chekc'], 'there is no command chekc; there are check, plan, doctor', 'emcp help check'],
    [['token', 'help', 'mnt'], 'there is no command mnt; there are mint, inspect, login', 'emcp token help mint'],
  ])('names the commands there are for %j', async (argv, says, next) => {
    const { code, io } = await type(...argv);
    expect(code).toBe(2);
    expect(io.told).toMatch(new RegExp(`^emcp: ${says}.*\\nnext: ${next}\\n$`));
    expect(io.written).toBe('');
  });

  it.each([
    ['help'],
    ['help', 'check'],
    ['help', 'token'],
    ['token', 'help'],
    ['token', 'help', 'mint'],
    ['token', '--help'],
  ])('prints help that was asked for: %s %s %s', async (...argv) => {
    const { code, io } = await type(...argv);
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    expect(io.written).toContain('Usage: emcp');
  });

  it.each([
    ['--version'],
    ['-V'],
    ['check', '--version'],
    ['check', '-V', '--json'],
    ['serve', '--port', '0', '--version'],
  ])('prints the version and runs nothing: %s %s %s %s', async (...argv) => {
    const { code, io } = await type(...argv);
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    expect(io.written).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('points to the help of the command that was mistyped', async () => {
    expect(lastLine((await type('plan', '--nope')).io)).toBe('next: emcp plan --help');
  });

  it.each(['check', 'plan', 'doctor'])('takes no secret from the flags of %s, and repeats none', async (command) => {
    for (const flag of ['token', 'secret', 'cookie', 'password']) {
      for (const words of [[`--${flag}`, 'hush-hush'], [`--${flag}=hush-hush`]]) {
        const { code, io } = await type(command, ...words);
        expect(code).toBe(2);
        expect(io.told).toContain(`--${flag}-file`);
        expect(io.written + io.told).not.toContain('hush-hush');
      }
    }
  });

  it('does not repeat what stands behind a mistyped flag', async () => {
    const { code, io } = await type('check', '--tokn=hush-hush');
    expect(code).toBe(2);
    expect(io.told).toContain("'--tokn'");
    expect(io.told).not.toContain('hush-hush');
  });

  it('refuses a profile that proves nothing', async () => {
    const { code, io } = await type('plan', '--profile', 'base');
    expect(code).toBe(2);
    expect(io.told).toContain('the profile selects no check');
  });
});
