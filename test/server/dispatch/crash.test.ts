import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeOpener } from '../../../src/server/dispatch/store.ts';
import { search, serve } from './served.ts';

// Inside the project, so that the child finds the SQLite driver.
const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
let folder = '';
let script = '';

beforeAll(async () => {
  folder = await mkdtemp(join(modules, '.emcp-crash-'));
  script = join(folder, 'crash-server.mjs');
  const input = fileURLToPath(new URL('crash-server.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', external: ['@photostructure/sqlite'] });
  await bundle.write({ file: script, codeSplitting: false });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a server that is killed', () => {
  it('loses no task it has accepted, and knows the key again', async () => {
    const file = join(folder, 'store.sqlite');
    const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const post = async (key: string): Promise<number> => {
      const response = await request(`${line.toString().trim()}/api/v1/mcp/content/dispatch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(search),
      });
      await response.body.dump();
      return response.statusCode;
    };
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
    expect(new Set(await Promise.all(keys.map(post)))).toEqual(new Set([202]));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const served = serve({}, { store: storeOpener({ file }) });
    served.clock.ms = Date.now();
    await served.server.start();
    expect(served.rows()).toHaveLength(keys.length);
    expect((await served.server.console(['stask:worker'])).stdout).toContain(`processed ${keys.length} task(s)`);
    for (const key of keys) {
      const { body } = await served.dispatch(search, { headers: { 'idempotency-key': key } });
      expect(body).toMatchObject({ status: 'completed', reused: true });
    }
    await served.server.close();
  });
});
