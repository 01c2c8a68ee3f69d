import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { run } from '../support/cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emcp-stray-'));
  await mkdir(join(folder, 'own'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A check of an operator whose code does this, and would go on for long. */
async function own(name: string, code: string): Promise<void> {
  const meta = { id: `own/${name}`, title: 't', proves: 'p', remedy: 'r', section: '2.1', cites: ['x'] };
  const rest = { severity: 'must', impact: 'read', needs: ['mcp'], requests: { ping: 2 }, timeLimitMs: 10_000 };
  const text = `const meta = ${JSON.stringify({ ...meta, ...rest })};
export default { ...meta, async *run({ mcp, signal }) {
  const ping = () => mcp.send({ body: { jsonrpc: '2.0', id: 1, method: 'ping' } });
  ${code}
} };\n`;
  await writeFile(join(folder, 'own', `${name}.mjs`), text);
}

describe('what an own check throws where nobody waits', () => {
  it('costs that check, and the report is written', async () => {
    const long = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';
    await own('promise', `void Promise.reject(new Error('stray promise')); ${long}`);
    await own('timer', `setTimeout(() => { throw new Error('stray timer'); }, 1); ${long}`);
    await own(
      'left',
      `void ping(); const { evidence } = await ping();
      yield { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [evidence] };`,
    );
    const only = ['own/promise', 'own/timer', 'own/left', 'protocol/initialize'];
    const ended = await run(['check', '--json', '--checks', folder, '--only', ...only]);
    const { results } = JSON.parse(ended.stdout) as Report;
    const said = Object.fromEntries(results.map(({ check, status, reason }) => [check.id, [status, reason]]));
    expect([ended.code, ended.stderr.includes('    at ')]).toEqual([70, false]);
    expect(said).toMatchObject({
      'own/promise': ['error', 'Error: stray promise'],
      'own/timer': ['error', 'Error: stray timer'],
      'own/left': ['pass', undefined],
      'protocol/initialize': ['pass', undefined],
    });
  });
});

describe('an own check that ends the process', () => {
  it('makes no verdict', async () => {
    await own('exits', 'process.exit(0);');
    const ended = await run(['check', '--checks', folder, '--only', 'own/exits']);
    expect([ended.code, ended.stderr]).toEqual([70, expect.stringContaining('before the verdict')]);
  });
});

describe('what the module of an own check throws where nobody waits', () => {
  it('costs its check, and neither the plan nor any other', async () => {
    const rest = await mkdtemp(join(tmpdir(), 'emcp-module-'));
    await mkdir(join(rest, 'own'));
    const meta = { id: 'own/top', title: 't', proves: 'p', remedy: 'r', section: '2.1', cites: ['x'] };
    const more = { severity: 'must', impact: 'read', needs: ['mcp'], requests: {} };
    const text = `void Promise.reject(new Error('stray module'));
export default { ...${JSON.stringify({ ...meta, ...more })}, async *run() { await new Promise(() => undefined); } };\n`;
    await writeFile(join(rest, 'own', 'top.mjs'), text);
    const planned = await run(['plan', '--checks', rest]);
    const ended = await run(['check', '--json', '--checks', rest, '--only', 'own/top', 'protocol/initialize']);
    await rm(rest, { recursive: true });
    const { results } = JSON.parse(ended.stdout) as Report;
    const said = Object.fromEntries(results.map(({ check, status, reason }) => [check.id, [status, reason]]));
    expect([planned.code, ended.code]).toEqual([0, 70]);
    expect(said).toMatchObject({
      'own/top': ['error', expect.stringContaining('stray module')],
      'protocol/initialize': ['pass', undefined],
    });
  });
});

describe('an own check whose module is never loaded', () => {
  it('is a usage error that names the file', async () => {
    const file = join(folder, 'own', 'endless.mjs');
    await writeFile(file, 'await new Promise(() => undefined);\n');
    const ended = await run(['check', '--checks', folder]);
    await rm(file);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(`emcp: ${file}: cannot load ${file}: Stopped: it is not done after 10 s`);
  }, 30_000);
});
