import { Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checkTarget } from '../../src/app/check-target.ts';
import { replayRun } from '../../src/app/replay-run.ts';
import { openCatalogue, profilesFolder } from '../../src/catalogue/index.ts';
import { completeInstallation } from '../../src/config/installation.ts';
import { loadProfile, profileNames } from '../../src/config/load.ts';
import { readReport } from '../../src/config/report-schema.ts';
import type { StoredEntry } from '../../src/model/journal-entry.ts';
import type { Profile } from '../../src/model/profile.ts';
import { journalOf, type Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/reporters/html.ts';
import { renderJson } from '../../src/reporters/json.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { withTarget } from '../../src/targets/open.ts';
import type { TargetSettings } from '../../src/targets/settings.ts';
import { mintToken } from '../../src/targets/tokens.ts';
import { folderWith } from '../support/config-folder.ts';
import { listening } from '../support/listening.ts';

const WHOLE = process.env['EMCP_CI_REQUIRE'] === '1';
const SECRET = 'replay-secret-0123456789abcdef0123456789';

const catalogue = await openCatalogue();
const folder = profilesFolder();
const profiles = await Promise.all(
  (await profileNames({ folder })).map((name) => loadProfile(name, { folder, cwd: folder })),
);
const byId = new Map(profiles.map((profile) => [profile.id, profile]));

function profileOf(id: string): Profile {
  const profile = byId.get(id);
  if (profile === undefined) throw new Error(id);
  return profile;
}

interface Asked {
  readonly profile: Profile;
  readonly target?: TargetSettings;
  readonly only?: readonly string[];
}

/** A run as it is read again from its file. */
async function savedRun({ profile, target, only = [] }: Asked): Promise<Report> {
  const planning = { allow: ['write', 'load'] as const, wait: true, only, named: [], seed: profile.id };
  const settings = target ?? { kind: 'embedded' as const, settings: profile.settings };
  const report = await withTarget(settings, (opened) =>
    checkTarget({ target: opened, profile, checks: catalogue, planning, pause: async () => undefined }),
  );
  const read = readReport(JSON.parse(renderJson(report)));
  if (read.kind !== 'report') throw new Error(JSON.stringify(read));
  return read.report;
}

/** All that a run came to, without when. */
function verdicts({ results, outcome, totals }: Report): string {
  const timeless = results.map((result) => ({ ...result, startedMs: 0, durationMs: 0 }));
  return JSON.stringify({ outcome, totals, results: timeless }, null, 1);
}

function statusesOf({ results }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(results.map(({ check, status }) => [check.id, status]));
}

const connect = vi.spyOn(Socket.prototype, 'connect');

/** Replays a saved run; no socket may be opened meanwhile. */
async function replayed(report: Report): Promise<Report> {
  connect.mockClear();
  const again = await replayRun(report, { checks: catalogue });
  expect(connect).not.toHaveBeenCalled();
  return again;
}

/** Streams take their time. */
const quick = profiles.map(({ id }) => id).filter((id) => WHOLE || id !== 'streaming');

describe('a saved run, replayed', () => {
  it.each(quick)('gives the same verdicts, facts and remedies: %s', async (id) => {
    const report = await savedRun({ profile: profileOf(id) });
    expect(report.journal.length).toBeGreaterThan(0);
    expect(renderJson(report).length).toBeLessThan(1_000_000);
    expect(renderHtml(report).length).toBeLessThan(400_000);
    expect(verdicts(await replayed(report))).toBe(verdicts(report));
  });

  it('gives the same on random variants of the server', { timeout: 300_000 }, async () => {
    // Bursts and streams take their time; streams are looked at where the fault is one of theirs.
    const ids = catalogue.checks
      .filter(({ id, impact }) => impact !== 'load' && !id.startsWith('stream/'))
      .map(({ id }) => id);
    const variants = fc.record({
      profile: fc.constantFrom('hybrid', 'async', 'interop', 'streaming', 'api-only', 'manager-only'),
      fault: fc.option(fc.constantFrom(...catalogue.faults)),
      checks: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 3, maxLength: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(variants, async ({ profile: id, fault, checks }) => {
        const stock = profileOf(id);
        const profile = { ...stock, expect: { ...stock.expect, ...fault?.world?.expect } };
        const broken = fault === null ? [] : fault.breaks.map((name) => name.split(':')[0] ?? '');
        const tweak = fault === null ? {} : { tweak: (await catalogue.loadFault(fault.id)) as ServerTweak };
        const settings = { ...profile.settings, ...fault?.world?.settings };
        const target = { kind: 'embedded' as const, settings, ...tweak };
        const report = await savedRun({ profile, target, only: [...new Set([...checks, ...broken])] });
        expect(verdicts(await replayed(report))).toBe(verdicts(report));
      }),
      { numRuns: WHOLE ? 100 : 6 },
    );
  });
});

describe('a saved run of a remote target, replayed', () => {
  const TABLE = `printf '+---+---+---+---+\\n| Handle | Transport | Class | Enabled |\\n+---+---+---+---+\\n'
printf '| content | web | Content | yes |\\n+---+---+---+---+\\n'`;
  const host = () =>
    folderWith({
      artisan: `case "$1" in emcp:list-servers) ${TABLE} ;; *) echo broken; exit 3 ;; esac`,
      'custom/config/cms/settings/eMCP.php': "<?php return ['mode' => ['api' => true, 'internal' => env('X')]];",
      'vendor/evolution-cms/none': '',
    });
  const installation = (core = host()) => ({
    artisan: ['sh', 'artisan'],
    artisanCwd: { written: core, absolute: core },
    workerCommand: ['sh', 'artisan', 'stask:worker'],
    database: `sqlite:${join(core, 'none.sqlite')}`,
    username: 'admin',
    password: 'wrong-password',
    cookie: 'evo_session=0123456789abcdef',
  });

  it.each([
    ['a secret', async () => ({ secret: SECRET })],
    ['a secret and a console', async () => ({ secret: SECRET, ...installation() })],
    ['a token', async () => ({ token: await givenToken() })],
    [
      'a token whose claims are of other types',
      async () => ({ token: unsigned({ sub: 7, exp: 4e9 + 0.5, scopes: 7 }) }),
    ],
    ['nothing', async () => ({})],
  ])('gives the same with %s', async (_name, given) => {
    const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
    const stock = profileOf('hybrid');
    const profile = {
      ...stock,
      select: { sections: ['0', '1', '2.1', '2.2', '3', '4', '6', '8'], checks: [] },
      expect: { ...stock.expect, dispatch: { ...stock.expect.dispatch, completesWithin: 0.2 } },
    };
    const report = await savedRun({ profile, target: completeInstallation({ url, ...(await given()) }) });
    expect(verdicts(await replayed(report))).toBe(verdicts(report));
  });

  it('gives the same where nobody listens', async () => {
    const target = completeInstallation({ url: 'http://127.0.0.1:9', secret: SECRET });
    const report = await savedRun({ profile: profileOf('smoke'), target });
    expect(report.outcome).toBe('blocked');
    expect(verdicts(await replayed(report))).toBe(verdicts(report));
  });
});

function unsigned(claims: object): string {
  return [{ alg: 'HS256' }, claims, 'x']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}

/** Of somebody who may read and call. */
async function givenToken(): Promise<string> {
  const claims = { subject: '1', scopes: ['mcp:read', 'mcp:call'], expiresIn: 600 };
  return (await mintToken({ secret: SECRET, ...claims })).value;
}

describe('a replay judges', () => {
  it.each([
    ['hybrid', 'platform', 'protocol/initialize', { platform: 'another' }],
    ['hybrid', 'toolsetVersion', 'protocol/initialize', { toolsetVersion: '9' }],
    ['hybrid', 'tools', 'protocol/tools-list', { tools: ['evo.content.missing'] }],
    ['hybrid', 'rate', 'rate/threshold', { rate: { perMinute: 29, globalPerMinute: 60 } }],
    ['async', 'worker', 'worker/registered', { worker: { identifier: 'emcp_dispatch', class: 'A', scope: 'eMCP' } }],
  ])('by what is promised now: %s with another %s', async (id, _key, check, change) => {
    const report = await savedRun({ profile: profileOf(id), only: [check] });
    const profile = { ...report.profile, expect: { ...report.profile.expect, ...change } };
    const turned = await replayed({ ...report, profile });
    expect([statusesOf(report)[check], statusesOf(turned)[check]]).toEqual(['pass', 'fail']);
  });

  it('by what is kept: no check passes without an entry that one of its facts was read from', async () => {
    const report = await savedRun({ profile: profileOf(WHOLE ? 'hybrid' : 'smoke') });
    const cited = report.results
      .filter(({ status }) => status === 'pass')
      .flatMap(({ check, observations }) => {
        const numbers = observations.flatMap((one) => (one.kind === 'fact' ? one.seen : []));
        return [...new Set(numbers)].map((sequence) => ({ check: check.id, sequence }));
      });
    expect(cited.length).toBeGreaterThan(5);
    for (const { check, sequence } of cited) {
      const journal = report.journal.map((entry) =>
        entry.check === check && entry.sequence === sequence ? withoutResponse(entry) : entry,
      );
      const planned = { allow: ['write', 'load'] as const, wait: true, narrowed: [check] };
      const again = await replayed({ ...report, run: { ...report.run, planned }, journal: inFull(report, journal) });
      expect([check, sequence, statusesOf(again)[check]]).not.toEqual([check, sequence, 'pass']);
    }
  });
});

function withoutResponse({ response: _response, ...entry }: StoredEntry): StoredEntry {
  return { ...entry, failure: { name: 'unreachable', kind: 'reset', message: 'gone' } };
}

/** What referred to the entry that has no response any more has it itself. */
function inFull(report: Report, journal: readonly StoredEntry[]): readonly StoredEntry[] {
  const whole = journalOf(report);
  return journal.map((entry, index) => (entry.failure === undefined ? (whole[index] ?? entry) : entry));
}
