import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, unlessMissing } from '../support/installed.ts';
import { run, serve, type Ended } from '../support/cli.ts';
import { startHost, type Host } from '../support/ssh-host.ts';

/** Stands in for PHP: the environment says what state the console is in. */
const PHP = `#!/bin/sh
shift
case "$STATE:$1" in
  none:emcp:list-servers) echo 'No enabled MCP servers found in config(mcp.servers).'; exit 1 ;;
  warns:emcp:list-servers)
    printf 'Warning: something in /srv/x.php on line 1\\n'
    printf '+---+---+---+---+\\n| Handle | Transport | Class | Enabled |\\n+---+---+---+---+\\n'
    printf '| shop | web | Shop | yes |\\n+---+---+---+---+\\n' ;;
  unknown:emcp:test) echo 'Server [nope] is not a valid web MCP server.'; exit 1 ;;
  skipped:emcp:sync-workers) echo 'queue.driver is not stask.' ;;
  failed:emcp:sync-workers) echo 'Failed to sync emcp_dispatch worker: no such table'; exit 1 ;;
  floods:*) exec yes ;;
  binary:*) printf 'a\\000\\377\\033[31mred' ; exit 3 ;;
  dies:*) kill -SEGV $$ ;;
  *:emcp:sync-workers) echo 'emcp_dispatch worker already in sync.' ;;
  *) echo unknown; exit 9 ;;
esac
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emcp-mirrors-'));
  await writeFile(join(folder, 'php'), PHP);
  await chmod(join(folder, 'php'), 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command against an installation whose console is the stand-in. */
async function mirror(state: string, ...argv: readonly string[]): Promise<Ended> {
  const artisan = ['--url', 'http://127.0.0.1:9', '--artisan', './php artisan', '--artisan-cwd', folder];
  return run([...argv, ...artisan], { STATE: state });
}

describe('a mirrored command', () => {
  it.each([
    ['none', ['list-servers'], 1, /^No enabled MCP servers/],
    ['warns', ['list-servers'], 0, /\| shop/],
    ['unknown', ['test', '--server', 'nope'], 1, /is not a valid web MCP server/],
    ['skipped', ['sync-workers'], 0, /^queue\.driver is not stask\.$/m],
    ['failed', ['sync-workers'], 1, /^Failed to sync emcp_dispatch worker/],
    ['sound', ['sync-workers'], 0, /already in sync/],
  ] as const)('in the state %s repeats lines and exit code of %j', async (state, argv, code, line) => {
    const ended = await mirror(state, ...argv);
    expect(ended.stdout).toMatch(line);
    expect(ended.code).toBe(code);
  });

  it('says that a skipped repair proves nothing', async () => {
    const ended = await mirror('skipped', 'sync-workers');
    expect(ended.stderr).toContain('does not prove that async works');
    const json = JSON.parse((await mirror('skipped', 'sync-workers', '--json')).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({
      schema: 'emcp.mirror/1',
      command: 'sync-workers',
      exit: 0,
      sync: { kind: 'skipped', reason: 'driver' },
    });
  });

  it.each([
    ['floods', 3],
    ['dies', 3],
    ['binary', 3],
  ] as const)('survives a console that %s', async (state, code) => {
    const ended = await mirror(state, 'list-servers');
    expect(ended.code).toBe(code);
    expect(ended.stdout.length + ended.stderr.length).toBeLessThan(5_000);
    expect(ended.stdout).not.toContain('\u001B');
    expect(ended.stderr).not.toContain('    at ');
  });

  it('wants to know where before it repairs anything', async () => {
    const ended = await run(['sync-workers']);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain('--embedded');
    expect((await run(['sync-workers', '--embedded'])).stdout).toContain('already in sync');
  });
});

describe('without artisan', () => {
  it('lists what HTTP proves, and tests as clients come', async () => {
    const { env, stop } = await serve();
    try {
      const listed = await run(['list-servers', '--server', 'content', 'nobody'], env);
      expect(listed.code).toBe(0);
      expect(listed.stdout).toMatch(/content +answers\nnobody +not registered/);
      expect((await run(['test'], env)).stdout).toContain('eMCP smoke test passed.');
      const refused = await run(['test'], { ...env, EMCP_TEST_JWT_SECRET: 'another-secret-0123456789abcdef' });
      expect(refused.code).toBe(1);
      expect(refused.stdout).toContain('initialize failed with HTTP 401');
    } finally {
      await stop();
    }
  });
});

const sshd = findProgram('ssh') && findProgram('sshd');

describe.skipIf(sshd === undefined)(`over ssh (${unlessMissing('sshd', sshd)})`, () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost(sshd ?? '');
    // The command starts `ssh`, so the way in to this host is laid before the real one.
    const [, ...options] = host.client();
    await writeFile(join(folder, 'ssh'), `#!/bin/sh\nexec ${findProgram('ssh') ?? 'ssh'} ${options.join(' ')} "$@"\n`);
    await chmod(join(folder, 'ssh'), 0o755);
  });
  afterAll(() => host.stop());

  it('repairs the worker of another host', async () => {
    const there = ['--ssh', `${userInfo().username}@127.0.0.1`, '--artisan', './php artisan', '--artisan-cwd', folder];
    const PATH = `${folder}:${process.env['PATH'] ?? ''}`;
    const ended = await run(['sync-workers', '--url', 'http://127.0.0.1:9', ...there], { PATH });
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({
      code: 0,
      stdout: 'emcp_dispatch worker already in sync.\n',
    });
  });
});
