import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { capabilityTables, healthyStatuses } from '../../src/cli/reference.ts';

const { checks } = await openCatalogue();

describe('what a healthy installation shows', () => {
  it('is nothing red, and a warning only where the check says should', { timeout: 60_000 }, async () => {
    const statuses = await healthyStatuses();
    expect([...statuses.keys()].toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
    expect([...statuses].filter(([, status]) => !['pass', 'warn', 'skip'].includes(status))).toEqual([]);
    const should = new Set(checks.flatMap(({ id, severity }) => (severity === 'should' ? [id] : [])));
    expect([...statuses].filter(([id, status]) => status === 'warn' && !should.has(id))).toEqual([]);
  });
});

describe('what becomes of a check', () => {
  it('depends on what the operator has', async () => {
    const tables = await capabilityTables();
    const row = (profile: string, check: string) =>
      tables.find((table) => table.profile === profile)?.rows.find((one) => one.check === check)?.cells;
    expect(row('hybrid', 'preflight/reachable')).toEqual(Array.from({ length: 7 }, () => 'runs'));
    expect(row('hybrid', 'auth/scope-matrix')?.slice(0, 3)).toEqual(['skip', 'skip', 'runs']);
    expect(row('hybrid', 'protocol/ping')?.slice(0, 2)).toEqual(['**blocked**', 'runs']);
    expect(row('manager-only', 'manager/tools-list')?.slice(2, 4)).toEqual(['**blocked**', 'runs']);
    expect(row('smoke', 'rate/threshold')).toBeUndefined();
  });
});
