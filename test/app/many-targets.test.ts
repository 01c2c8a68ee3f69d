import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { expect, it } from 'vitest';
import { checkTarget } from '../../src/app/check-target.ts';
import { openCatalogue, profilesFolder } from '../../src/catalogue/index.ts';
import { loadProfile } from '../../src/config/load.ts';
import { openTarget } from '../../src/targets/open.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MANY = process.env['EMCP_CI_REQUIRE'] === '1' ? 64 : 8;
const MB = 1024 * 1024;

const catalogue = await openCatalogue();
const folder = profilesFolder();
const profile = await loadProfile('smoke', { folder, cwd: folder });

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Opens so many targets and checks each; they are still open when their reports are there. */
async function checked(count: number, concurrency: number) {
  const base = heapBytes();
  const open = await Promise.all(
    Array.from({ length: count }, () => openTarget({ kind: 'embedded', settings: profile.settings })),
  );
  const waiting = [...open.entries()];
  const outcomes: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { target }] = next;
      const planning = { allow: [], wait: false, only: [], named: [], seed: `seed-${index}` };
      const report = await checkTarget({ target, profile, checks: catalogue, planning });
      outcomes.push(report.outcome);
      expect(new Set(report.journal.map(({ check }) => check)).size).toBeGreaterThan(0);
      expect(JSON.stringify(report)).not.toContain(`emcp-seed-${index + 1}-`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const result = { outcomes, heapMb: (heapBytes() - base) / MB / count };
  await Promise.all(open.map(({ close }) => close()));
  return result;
}

it('checks many targets in one process, each with a journal of its own', { timeout: 300_000 }, async () => {
  await checked(2, 1);
  const many = await checked(MANY, 8);
  expect(new Set(many.outcomes)).toEqual(new Set(['ok']));
  expect(many.outcomes).toHaveLength(MANY);
  expect(many.heapMb).toBeLessThan(1);
});
