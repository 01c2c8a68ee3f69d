import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EXIT, EXIT_ROWS } from '../src/cli/exit.ts';
import { configFile } from '../src/config/config-file.ts';
import { loadProfile } from '../src/config/load.ts';
import { fixtureSite } from '../src/server/content/fixture.ts';
import { mintToken } from '../src/targets/tokens.ts';
import { start } from './support/cli.ts';
import { folderWith } from './support/config-folder.ts';
import { listening } from './support/listening.ts';
import { shownInDocs, shownInHelp, unknownOptions } from './support/shown-commands.ts';

const ROOT = join(import.meta.dirname, '..');
const SECRET = 'a-secret-that-is-long-enough-for-anybody';
const PLACEHOLDER = 'https://example.org';

const GATE = process.env['EMCP_CI_REQUIRE'] === '1';

/** Shown, but not run here, and why; their options are still held against the command. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/--ssh |deploy@/, 'needs a host to log in to'],
  [/(?:example\.org|server\.env|^emcp check --profile hybrid).* --wait/, 'sits out the limiter of a real server'],
  [/^npm |^npm ci && npm test$/, 'is what runs this test'],
  [/^emcp init$/, 'asks at a terminal'],
  [/--target production/, 'needs a console'],
  [/^emcp selftest .*--all/, 'takes minutes; test/faults.test.ts tries the same'],
  ...(GATE
    ? []
    : ([
        [/^emcp selftest --quiet$/, 'the gate runs it'],
        [/^emcp check(?!.* --only)/, 'whole runs take a minute, which the gate has; test/e2e/check.test.ts has others'],
      ] as const)),
];

/** Placeholders that the reference server does not have. */
const NOT_OK: readonly (readonly [RegExp, number])[] = [[/^emcp stream acme\.export/, EXIT.failed]];

const shown = [...shownInDocs(), ...shownInHelp()];
const lines = [...new Map(shown.map(([where, line]) => [line, where]))].map(([line, where]) => [where, line] as const);
const emcp = lines.filter(([, line]) => /\bemcp\b/.test(line) && !/^(?:npm|export)/.test(line));
const isSkipped = (line: string): boolean => NOT_RUN.some(([pattern]) => pattern.test(line));

describe('a command that is shown', () => {
  it('is found where it stands', () => {
    expect(emcp.length).toBeGreaterThan(25);
    expect(NOT_RUN.filter(([pattern]) => !lines.some(([, line]) => pattern.test(line))).map(String)).toEqual([]);
  });

  it.each(lines)('has only options that there are: %s: %s', (_where, line) => {
    expect(unknownOptions(line.replace('npm ci && ', ''))).toEqual([]);
  });

  // Outside the gate every third, as each is a process of its own.
  const runnable = emcp.filter(([, line]) => !isSkipped(line) && !line.startsWith('emcp serve'));
  it.each(runnable.filter((_shown, index) => GATE || index % 3 === 0))(
    'does what it says: %s: %s',
    { timeout: 120_000 },
    async (_where, line) => {
      const expected = NOT_OK.find(([pattern]) => pattern.test(line))?.[1] ?? EXIT.ok;
      const ended = await runShown(line);
      expect(ended, ended.stderr).toMatchObject({ code: expected });
    },
  );

  it.each(emcp.filter(([, line]) => line.startsWith('emcp serve') && !isSkipped(line)))(
    'serves: %s: %s',
    async (_where, line) => {
      const words = line.replace(/ > .*/, '').split(' ').slice(1);
      const running = start([...words, ...(words.includes('--port') ? [] : ['--port', '0'])]);
      await running.said(/stop with Ctrl-C/, 'stderr');
      running.child.kill('SIGTERM');
      expect(await running.ended).toMatchObject({ code: 0 });
    },
  );
});

describe('what README shows', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

  it('has the exit codes there are', () => {
    const table = /\| exit \| name \| means \|\n(.*?)\n\n/s.exec(readme)?.[1] ?? '';
    const rows = [...table.matchAll(/^\| \d.*$/gm)].map(([row]) => row);
    expect(rows).toEqual(EXIT_ROWS.map(({ code, name, meaning }) => `| ${code} | ${name} | ${meaning} |`));
  });

  it('has a configuration that is accepted, for profiles that there are', async () => {
    const { targets } = configFile.parse(parse(/```yaml\n(.*?)```/s.exec(readme)?.[1] ?? ''));
    for (const { profile = '' } of Object.values(targets)) {
      await expect(loadProfile(profile, { folder: join(ROOT, 'profiles'), cwd: ROOT })).resolves.toBeDefined();
    }
  });
});

/** By a real shell, against a reference server in the place of the example's host, with the files the examples name. */
async function runShown(line: string) {
  const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const yaml = /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const { value: token } = await mintToken({
    secret: SECRET,
    subject: 'docs',
    scopes: ['mcp:read', 'mcp:call'],
    expiresIn: 3600,
  });
  const [user] = fixtureSite['users'] ?? [];
  const cwd = folderWith({
    'bin/emcp': `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'bin/emcp.js')}" "$@"\n`,
    'jwt.secret': SECRET,
    'token.txt': token,
    'password.txt': String(user?.['password']),
    ...(/--target/.test(line) ? { 'emcp.yaml': yaml.replaceAll(PLACEHOLDER, url) } : {}),
  });
  chmodSync(join(cwd, 'bin/emcp'), 0o755);
  const { HOME = '' } = process.env;
  const env = { PATH: `${cwd}/bin:${process.env['PATH'] ?? ''}`, HOME, LIVE_TOKEN: token };
  const kept = /^emcp report (\S+)/.exec(line)?.[1];
  if (kept !== undefined) {
    const way = kept.endsWith('.json') ? ['--reporter', `json=${kept}`] : ['--output', kept];
    execFileSync('emcp', ['check', '--only', 'preflight', ...way], { cwd, env });
  }
  const command = line
    .replace('npm ci && npx ', '')
    .replaceAll(PLACEHOLDER, url)
    .replace('--login admin', `--login ${String(user?.['username'])}`);
  return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    execFile('bash', ['-o', 'pipefail', '-c', command], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
