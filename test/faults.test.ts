import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../src/catalogue/index.ts';
import type { FaultMeta } from '../src/model/fault.ts';
import { loadTweak } from './support/describe-check.ts';
import { broken, trials } from './support/trial.ts';

const catalogue = await openCatalogue();
const all = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));
// Bursts take a hundred times as long as anything else; only faults of the limiter are asked to disturb them.
const quick = all.filter(({ impact }) => impact !== 'load');
const quiet = new Set((await trials(all)).filter((result) => broken(result).length === 0).map(({ check }) => check.id));

// The whole matrix takes most of a minute: the gate runs all of it, a plain `npm test` every seventh fault.
const whole = process.env['EMCP_CI_REQUIRE'] === '1';
const faults = catalogue.faults.filter((_fault, index) => whole || index % 7 === 0);

describe('a fault', () => {
  it.each(faults.map((fault) => [fault.id, fault] as const))(
    '%s turns red only what it says, and leaves nine in ten checks silent',
    async (_id, fault) => {
      const checks = fault.id.startsWith('rate/') ? all : quick;
      const results = await trials(checks, { together: true, tweak: await loadTweak(catalogue, fault) });
      const red = results.filter((result) => quiet.has(result.check.id) && broken(result).length > 0);
      expect(red.map(({ check }) => check.id).filter((id) => !isNamed(fault, id))).toEqual([]);
      expect(red.length).toBeLessThanOrEqual(Math.max(checksOf(fault.breaks).size, Math.floor(all.length / 10)));
    },
  );

  it('names only checks that exist', () => {
    const known = new Set(all.map(({ id }) => id));
    const unknown = catalogue.faults.flatMap((fault) =>
      [...checksOf([...fault.breaks, ...(fault.alsoBreaks ?? [])])].filter((id) => !known.has(id)),
    );
    expect(unknown).toEqual([]);
  });
});

function checksOf(named: readonly string[]): Set<string> {
  return new Set(named.map((name) => name.split(':')[0] ?? name));
}

function isNamed(fault: FaultMeta, check: string): boolean {
  return checksOf([...fault.breaks, ...(fault.alsoBreaks ?? [])]).has(check);
}
