import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { EXIT } from '../../src/cli/exit.ts';
import { main } from '../../src/cli/main.ts';
import type { Report } from '../../src/model/report.ts';
import { loadTweak } from '../support/describe-check.ts';
import { listening } from '../support/listening.ts';
import { testIo } from '../support/test-io.ts';

const SECRET = 'agreement-secret-0123456789abcdef01234567';
const RUNS = 6;

const catalogue = await openCatalogue();
const wanted = fc.sample(fc.constantFrom(...catalogue.faults), { numRuns: RUNS, seed: Date.now() % 1_000_000 });

it.each(wanted.map((fault) => [fault.id, fault] as const))(
  'all forms of one run with %s agree on counts, and on the exit code',
  async (_id, fault) => {
    const folder = await mkdtemp(join(tmpdir(), 'emcp-forms-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const tweak = await loadTweak(catalogue, fault);
    const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET }, tweak });
    const io = testIo({ env: { EMCP_BASE_URL: url, EMCP_TEST_JWT_SECRET: SECRET } });
    const files = Object.fromEntries(['ndjson', 'junit', 'terminal'].map((form) => [form, join(folder, form)]));
    const reporters = ['json', ...Object.entries(files).map(([form, file]) => `${form}=${file}`)];
    const code = await main(['check', '--only', '0', '1', '2', '6', '--allow', 'load', '--reporter', ...reporters], io);
    const text = async (form: string): Promise<string> => readFile(files[form] ?? '', 'utf8');

    const report = JSON.parse(io.written) as Report;
    const { totals, outcome } = report;
    expect(code).toBe(
      { ok: EXIT.ok, failed: EXIT.failed, blocked: EXIT.blocked, bug: EXIT.internalError, interrupted: EXIT.SIGINT }[
        outcome
      ],
    );
    const finished = JSON.parse((await text('ndjson')).trimEnd().split('\n').at(-1) ?? '') as Report;
    expect({ totals: finished.totals, outcome: finished.outcome }).toEqual({ totals, outcome });
    const suite = /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(await text('junit'));
    const everything = Object.values(totals).reduce((sum, count) => sum + count, 0);
    expect(suite?.slice(1).map(Number)).toEqual([everything, totals.fail, totals.blocked + totals.error]);
    const spoken = Object.entries(totals).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
    expect(await text('terminal')).toContain(`${spoken.join(', ')} in `);
  },
);
