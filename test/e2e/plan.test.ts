import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import type { Report } from '../../src/model/report.ts';
import { openDatabase, type Database } from '../../src/server/database.ts';
import { run, serve } from '../support/cli.ts';

const RUN = ['--allow', 'write,load', '--seed', 'plan-test'];

const planned = z.object({ requests: z.int(), leftovers: z.object({ auditLines: z.int() }) });

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;
let before: Pick<Plan, 'routes' | 'leftovers' | 'duration'>;
let report: Report;
let store: Database;
let audit: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emcp-plan-'));
  const [rows, lines] = [join(folder, 'store.db'), join(folder, 'audit.ndjson')];
  server = await serve(['--store', rows, '--audit', lines]);
  before = JSON.parse((await run(['plan', '--json', ...RUN], server.env)).stdout) as typeof before;
  report = JSON.parse((await run(['check', '--json', ...RUN], server.env)).stdout) as Report;
  await server.stop();
  store = await openDatabase(rows);
  audit = (await readFile(lines, 'utf8')).trim().split('\n');
});
afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the plan for a separate server', () => {
  it('is no less than what is sent, and no tale either', () => {
    const sent = report.journal.filter(({ kind }) => kind === 'http' || kind === 'login').length;
    const planned = before.routes.reduce((sum, { requests }) => sum + requests, 0);
    expect(sent).toBeGreaterThan(planned * 0.8);
    expect(sent).toBeLessThanOrEqual(planned);
  });

  it('says what the run takes, in words and as JSON', async () => {
    const { leastSeconds, mostSeconds } = before.duration;
    const { stdout } = await run(['plan', ...RUN], server.env);
    expect(leastSeconds).toBe(0);
    expect(mostSeconds).toBeGreaterThan(report.run.durationMs / 1000);
    expect(stdout).toMatch(
      new RegExp(`^time: .*; in all at most ${mostSeconds} s, were every check stopped at its time limit$`, 'm'),
    );
  });

  it('counts what stays behind, and names what can be found by the prefix', () => {
    const { taskRows, idempotencyRecords, auditLines, prefix } = before.leftovers;
    const metas = store
      .prepare('select meta from s_tasks')
      .all()
      .map(({ meta }) => String(meta));
    const keys = metas.map((meta) => (JSON.parse(meta) as { readonly idempotency_key: string }).idempotency_key);
    const [{ records } = { records: 0 }] = store.prepare('select count(*) as records from cache').all();
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.length).toBeLessThanOrEqual(taskRows);
    expect(keys.filter((key) => !key.startsWith(prefix))).toEqual([]);
    expect(Number(records)).toBeLessThanOrEqual(idempotencyRecords);
    expect(audit.length).toBeGreaterThan(auditLines * 0.5);
    expect(audit.length).toBeLessThanOrEqual(auditLines);
  });
});

describe('the plan for tasks alone', () => {
  it('counts the audit lines of the requests and of the tasks they leave', async () => {
    const lines = join(folder, 'tasks.ndjson');
    const queue = await serve(['--profile', 'async', '--audit', lines]);
    const only = ['--profile', 'async', '--allow', 'write', '--only', 'idempotency/key-order'];
    const { stdout } = await run(['plan', '--json', ...only], queue.env);
    const { requests, leftovers } = planned.parse(JSON.parse(stdout));
    expect((await run(['check', ...only], queue.env)).code).toBe(0);
    await queue.stop();
    const kept = (await readFile(lines, 'utf8')).trim().split('\n');
    expect(kept.length).toBeGreaterThan(requests);
    expect(kept.length).toBeLessThanOrEqual(leftovers.auditLines);
  });
});

describe('what was asked for and not measured', () => {
  let other: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    other = await serve();
  });
  afterAll(() => other.stop());

  it('ends a run of one check with 3, and says what would allow it', async () => {
    const ended = await run(['check', '--only', 'rate/threshold'], other.env);
    expect([ended.code, ended.stdout]).toEqual([3, expect.stringContaining('--allow load')]);
  });

  it('is counted at the end of a run with a token only, by what is lacking', async () => {
    const token = await run(['token', 'mint', '--scopes', 'mcp:read,mcp:call'], other.env);
    const { EMCP_BASE_URL = '' } = other.env;
    const ended = await run(['check'], { EMCP_BASE_URL, EMCP_API_TOKEN: token.stdout.trim() });
    const last = ended.stdout.trim().split('\n').at(-1);
    expect([ended.code, last]).toEqual([
      0,
      expect.stringMatching(/^what was measured holds: \d+ of \d+ measured; \d+ need `--allow write,load`/),
    ]);
    expect(ended.stdout).toMatch(/\d+ the secret, .*\d+ a console/);
    expect(ended.stdout).not.toContain('all that was required');
  });
});
