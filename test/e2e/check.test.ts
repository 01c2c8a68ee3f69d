import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { mintToken } from '../../src/targets/tokens.ts';
import { run, serve, start, type Ended } from '../support/cli.ts';

const ALLOWED = ['--allow', 'write,load'];

let server: Awaited<ReturnType<typeof serve>>;
let folder: string;
beforeAll(async () => {
  server = await serve();
  folder = await mkdtemp(join(tmpdir(), 'emcp-e2e-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function reportOf({ stdout }: Ended): Report {
  return JSON.parse(stdout) as Report;
}

function verdicts(report: Report): Record<string, string> {
  return Object.fromEntries(report.results.map(({ check, status }) => [check.id, status]));
}

/** No secret of the served target, in any stream. */
function expectNoLeak(ended: Ended): void {
  const {
    EMCP_TEST_JWT_SECRET: secret = '',
    EMCP_MANAGER_COOKIE: cookie = '',
    EMCP_MANAGER_CSRF: csrf = '',
  } = server.env;
  const everything = ended.stdout + ended.stderr;
  for (const value of [secret, cookie.split('=')[1] ?? '', csrf]) {
    expect(value.length).toBeGreaterThan(20);
    expect(everything.includes(value)).toBe(false);
  }
  expect(everything).not.toMatch(/eyJ[A-Za-z0-9_-]{8,}/);
}

describe('emcp check', () => {
  it('is green with no set-up, and names the embedded server first and last', async () => {
    const ended = await run(['check', '--profile', 'hybrid']);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    const lines = ended.stdout.trim().split('\n');
    expect(
      [lines[0], lines.at(-1)].every((line) => line?.includes('embedded reference server, not an installation')),
    ).toBe(true);
    expect(ended.stdout.includes('\u001B')).toBe(false);
  });

  it('gives the same verdicts against a separate server, but for what is skipped there', async () => {
    const embedded = verdicts(reportOf(await run(['check', '--json'])));
    const ended = await run(['check', '--json', ...ALLOWED], server.env);
    const remote = verdicts(reportOf(ended));
    expect(ended.code).toBe(0);
    expectNoLeak(ended);
    const different = Object.keys(embedded).filter((id) => remote[id] !== embedded[id]);
    expect(different.filter((id) => remote[id] !== 'skip')).toEqual([]);
    expect(Object.values(remote).filter((status) => status === 'pass').length).toBeGreaterThan(30);
  });

  it('is never red because one token asks too often: it says that the bucket is spent, and until when', async () => {
    const own = await serve();
    const { EMCP_BASE_URL: url = '', EMCP_TEST_JWT_SECRET: secret = '' } = own.env;
    const { value } = await mintToken({ secret, subject: 'me', scopes: ['mcp:read', 'mcp:call'], expiresIn: 600 });
    const reports: Report[] = [];
    while (reports.length < 3) {
      reports.push(reportOf(await run(['check', '--json'], { EMCP_BASE_URL: url, EMCP_API_TOKEN: value })));
    }
    await own.stop();
    expect(reports.map(({ outcome, totals }) => [outcome, totals.fail, totals.warn === 0])).toEqual([
      ['ok', 0, false],
      ['blocked', 0, false],
      ['blocked', 0, true],
    ]);
    const blocked = reports.at(-1)?.results.filter(({ status }) => status === 'blocked') ?? [];
    expect(blocked.map(({ check }) => check.id)).toContain('auth/unsound-tokens');
    const spent = /^the rate-limit bucket of this identity \(given token\) is spent: try again in \d+ s$/;
    for (const { reason } of blocked) expect(reason).toMatch(spent);
  });

  it('gives one red cause for a wrong secret, and blocks the rest because of it', async () => {
    const ended = await run(['check', '--json', ...ALLOWED], {
      ...server.env,
      EMCP_TEST_JWT_SECRET: 'a-wrong-secret-0123456789abcdef',
    });
    const { results } = reportOf(ended);
    expect(ended.code).toBe(1);
    expect(results.filter(({ status }) => status === 'fail').map(({ check }) => check.id)).toEqual([
      'auth/sound-token',
    ]);
    const blocked = results.filter(({ status }) => status === 'blocked');
    expect(blocked.length).toBeGreaterThan(20);
    expect(new Set(blocked.map(({ because }) => because))).toEqual(new Set(['auth/sound-token']));
    expect(ended.stdout + ended.stderr).not.toContain('a-wrong-secret');
  });

  it('is blocked, without a stack, when nobody listens', async () => {
    const ended = await run(['check'], { EMCP_BASE_URL: 'http://127.0.0.1:9', EMCP_API_TOKEN: 'x.y.z' });
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('because of preflight/reachable');
    expect(ended.stdout + ended.stderr).not.toContain('    at ');
    expect(ended.stderr.trim().split('\n').at(-1)).toMatch(/^next: emcp doctor/);
  });

  it('blocks every check that was not measured when the target dies in the middle', async () => {
    const victim = await serve();
    const running = start(['check', '--reporter', 'ndjson', ...ALLOWED], victim.env);
    await running.said(/"event":"check-finished"/);
    await victim.stop('SIGKILL');
    const ended = await running.ended;
    const last = JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '') as { readonly event: string };
    expect(last.event).toBe('finished');
    expect(ended.code).toBe(3);
    expect(ended.stdout).not.toContain('"status":"error"');
    expect(ended.stdout + ended.stderr).not.toContain('    at ');
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('writes the report of what was seen on %s, promptly, and ends with %d', async (signal, code) => {
    const kept = join(folder, `${signal}.json`);
    const running = start(['check', '--reporter', 'ndjson', `json=${kept}`, '--profile', 'streaming']);
    await running.said(/"event":"check-finished"/);
    const sent = performance.now();
    running.child.kill(signal);
    const ended = await running.ended;
    expect(ended.code).toBe(code);
    expect(performance.now() - sent).toBeLessThan(3_000);
    const report = JSON.parse(await readFile(kept, 'utf8')) as Report;
    expect(report.run.interrupted).toBe(signal);
    expect(report.results.filter(({ status }) => status === 'blocked').length).toBeGreaterThan(0);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const running = start(['list']);
    running.child.stdout.destroy();
    const ended = await running.ended;
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('a mistake on the command line', () => {
  it.each([
    ['a mistyped command', ['chekc'], 'check'],
    ['a mistyped profile', ['check', '--profile', 'hybrd'], 'did you mean hybrid?'],
    ['a mistyped flag', ['check', '--profil', 'hybrid'], '--profile'],
    ['a mistyped check', ['check', '--only', 'rate/treshold'], 'did you mean rate/threshold?'],
    ['a mistyped reporter', ['check', '--reporter', 'junt'], 'did you mean junit?'],
    ['a secret on the command line', ['check', '--token', 'hush-hush'], '--token-file'],
    ['half a target', ['check', '--token-file', 'token.txt'], '--url'],
    ['a mistyped variable', ['check'], 'did you mean EMCP_BASE_URL?'],
    ['an unknown check to explain', ['explain', 'auth/sound-tokn'], 'did you mean auth/sound-token?'],
    ['an unknown fault', ['serve', '--fault', 'rate/generos'], 'rate/generous'],
  ])('%s ends with 2, and says what to type next', async (name, argv, hint) => {
    const ended = await run(argv, name === 'a mistyped variable' ? { EMCP_BASE_ULR: 'http://x' } : {});
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(hint);
    expect(ended.stderr).not.toContain('hush-hush');
    expect(ended.stderr).not.toContain('    at ');
  });

  it('in a profile file names file, line and key', async () => {
    const file = join(folder, 'mine.yaml');
    await writeFile(file, 'id: mine\ntitle: Mine\nextends: hybrid\nexpect:\n  rate: { perMinut: 5 }\n');
    const ended = await run(['check', '--profile', file]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`${file}:5: expect.rate.perMinut: unknown key`);
    expect(ended.stderr).toContain('did you mean perMinute?');
  });

  it('in YAML itself names file and line', async () => {
    const file = join(folder, 'broken.yaml');
    await writeFile(file, 'id: mine\ntitle: [\n');
    const ended = await run(['check', '--profile', file]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/broken\.yaml:\d+: not valid YAML/);
  });

  it.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)('is none in stopping a server by %s', async (signal) => {
    const other = await serve();
    expect((await other.stop(signal)).code).toBe(0);
  });

  it('of a taken port names the port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { readonly port: number };
    const ended = await run(['serve', '--port', String(port)]);
    taken.close();
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`127.0.0.1:${port} is taken`);
  });
});
