import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

const BIN = join(import.meta.dirname, '../../bin/emcp.js');

async function words(...line: readonly string[]): Promise<readonly string[]> {
  const io = testIo();
  expect(await main(['complete-words', '--', ...line], io)).toBe(0);
  return io.written.split('\n').filter(Boolean);
}

describe('completion', () => {
  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [['ch'], ['check'], ['explain']],
    [[''], ['check', 'token'], ['complete-words']],
    [['token', ''], ['mint', 'inspect', 'login'], ['check']],
    [
      ['check', '--pro'],
      ['--profile', '--production'],
      ['--json', '--password'],
    ],
    [
      ['check', '--'],
      ['--token-file', '--help'],
      ['--token', '--secret'],
    ],
    [
      ['check', '--profile', ''],
      ['hybrid', 'streaming'],
      ['base', 'check'],
    ],
    [['check', '-p', 'hy'], ['hybrid'], ['api-only']],
    [['check', '--only', 'rate/threshold', 'auth/m'], ['auth/missing-token'], ['rate/threshold']],
    [['explain', 'rate/thr'], ['rate/threshold'], ['rate/recovery']],
    [['explain', 'e'], ['exit'], ['rate/threshold']],
    [['selftest', '--only', 'rate/gen'], ['rate/generous'], ['rate/threshold']],
    [['serve', '--fault', 'rate/gen'], ['rate/generous'], []],
    [['check', '--reporter', 'ju'], ['junit'], ['json']],
    [['completion', ''], [], ['mint']],
  ])('of %j knows %j and not %j', async (line, known, unknown) => {
    const found = await words(...line);
    expect(found).toEqual(expect.arrayContaining([...known]));
    expect(found.filter((word) => unknown.includes(word))).toEqual([]);
  });

  it('leaves a file name to the shell', async () => {
    expect(await words('check', '--token-file', 't')).toEqual([]);
  });

  it.each(['powershell', ''])('refuses %j and names the shells', async (shell) => {
    const io = testIo();
    expect(await main(['completion', ...(shell === '' ? [] : [shell])], io)).toBe(2);
    expect(io.told).toMatch(/\nnext: /);
  });
});

describe('the script for bash', () => {
  function completed(...line: readonly string[]): readonly string[] {
    const folder = folderWith({ 'bin/emcp': `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n` });
    chmodSync(join(folder, 'bin/emcp'), 0o755);
    const env = { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}` };
    const quoted = line.map((word) => `'${word}'`).join(' ');
    const script = `. <(emcp completion bash) && COMP_WORDS=(emcp ${quoted}) COMP_CWORD=${line.length} && _emcp && printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { env, encoding: 'utf8' }).split('\n').filter(Boolean);
  }

  it('completes commands, options, profiles and check ids', () => {
    expect(completed('exp')).toEqual(['explain']);
    expect(completed('plan', '--sec')).toEqual(['--secret-file']);
    expect(completed('plan', '--profile', 'manager')).toEqual(['manager-only']);
    expect(completed('explain', 'rate/thr')).toEqual(['rate/threshold']);
  });

  it.each(['zsh', 'fish'])('has a sister for %s that the shell can read, where there is one', async (shell) => {
    const io = testIo();
    await main(['completion', shell], io);
    const folder = folderWith({ script: io.written });
    const read = spawnSync(shell, ['-n', join(folder, 'script')], { encoding: 'utf8' });
    if (read.error === undefined)
      expect({ status: read.status, stderr: read.stderr }).toEqual({ status: 0, stderr: '' });
    expect(io.written).toContain('emcp complete-words -- ');
  });
});
