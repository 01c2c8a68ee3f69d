import { describe, expect, it } from 'vitest';
import { checkTarget } from '../../src/app/check-target.ts';
import { replayRun } from '../../src/app/replay-run.ts';
import { openCatalogue, profilesFolder } from '../../src/catalogue/index.ts';
import { loadProfile, profileNames } from '../../src/config/load.ts';
import { readReport } from '../../src/config/report-schema.ts';
import type { Report } from '../../src/model/report.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { withTarget } from '../../src/targets/open.ts';

const catalogue = await openCatalogue();
const folder = profilesFolder();
const profiles = await profileNames({ folder });

async function runOf(name: string): Promise<Report> {
  const profile = await loadProfile(name, { folder, cwd: folder });
  const planning = { allow: ['write', 'load'] as const, wait: true, only: [], named: [], seed: name };
  return withTarget({ kind: 'embedded', settings: profile.settings }, (target) =>
    checkTarget({ target, profile, checks: catalogue, planning, pause: async () => undefined }),
  );
}

function saved(report: Report): Report {
  const read = readReport(JSON.parse(renderJson(report)));
  if (read.kind !== 'report') throw new Error(JSON.stringify(read));
  return read.report;
}

/** All that a run came to, without when. */
function verdicts({ results, outcome, totals }: Report): string {
  const timeless = results.map((result) => ({ ...result, startedMs: 0, durationMs: 0 }));
  return JSON.stringify({ outcome, totals, results: timeless }, null, 1);
}

describe('a saved run, replayed', () => {
  it.each(profiles)('gives the same verdicts, facts and remedies: %s', async (name) => {
    const report = saved(await runOf(name));
    expect(verdicts(await replayRun(report, { checks: catalogue }))).toBe(verdicts(report));
  });
});
