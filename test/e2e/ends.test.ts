import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run, serve, start } from '../support/cli.ts';

const home = mkdtempSync(join(tmpdir(), 'emcp-ends-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('a command that judges nothing itself', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends well as serve that %s stops', async (signal) => {
    const { stop } = await serve();
    expect(await stop(signal)).toMatchObject({ code: 0, signal: null });
  });

  it('ends well as report of a run that did not', async () => {
    const nobody = ['--url', 'http://127.0.0.1:9', '--only', 'preflight/reachable', '--output', 'run'];
    expect(await run(['check', ...nobody], {}, home)).toMatchObject({ code: 3 });
    const shown = await run(['report', 'run'], {}, home);
    expect({ code: shown.code, stderr: shown.stderr }).toEqual({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('was not measured');
  });
});

describe('a store that is of no use', () => {
  it('leaves nothing running', async () => {
    const ended = await start(['serve', '--port', '0', '--store', '.'], {}, home).ended;
    expect(ended).toMatchObject({ code: 2, signal: null, stdout: '' });
    expect(ended.stderr).toMatch(/^emcp: --store: .+\nnext: --store FILE: .+\n$/);
  });
});
