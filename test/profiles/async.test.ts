import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Report } from '../../src/model/report.ts';
import { storeOpener } from '../../src/server/dispatch/store.ts';
import { listen } from '../../src/server/listen.ts';
import { createTweakedServer } from '../../src/server/tweaked-server.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { testIo } from '../support/test-io.ts';

const SECRET = 'async-secret-0123456789abcdef0123456789ab';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emcp-async-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Checks a server that is reached like any installation: by HTTP, and by the file its tables are in. */
async function checkServed(profile: string, tweak: ServerTweak = {}): Promise<Report> {
  const file = join(folder, 'store.sqlite');
  const ports = { now: () => Date.now(), uuid: () => randomUUID(), log: () => undefined, sleep: async () => undefined };
  const store = storeOpener({ file });
  const server = createTweakedServer({ SAPI_JWT_SECRET: SECRET }, ports, { store, worker: 'auto', tweak });
  await server.start();
  const listening = await listen(server.app);
  try {
    const io = testIo({ env: { EMCP_TEST_JWT_SECRET: SECRET } });
    // The server runs its tasks itself; with a worker command nobody waits for a scheduler.
    const host = ['--url', listening.url, '--db', `sqlite:${file}`, '--worker-command', 'true'];
    await main(['check', '--json', '--profile', profile, '--allow', 'write,load', ...host], io);
    return JSON.parse(io.written) as Report;
  } finally {
    await listening.close();
    await server.close();
  }
}

describe('an installation that queues', () => {
  it.each(['async', 'interop'])('is green by the profile %s, worker row included', async (id) => {
    const { outcome, results } = await checkServed(id);
    expect(outcome).toBe('ok');
    expect(statusOf(results, 'worker/')).toEqual(['worker/registered pass', 'worker/repaired pass']);
  });

  it('shows the worker row as it was before the run, which repairs it', async () => {
    const { results } = await checkServed('async', {
      store: ({ database }) => database.exec('update s_workers set active = 0'),
    });
    expect(statusOf(results, 'worker/')).toEqual(['worker/registered fail', 'worker/repaired pass']);
  });
});

function statusOf(results: Report['results'], prefix: string): string[] {
  return results.filter(({ check }) => check.id.startsWith(prefix)).map(({ check, status }) => `${check.id} ${status}`);
}
