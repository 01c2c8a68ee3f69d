import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runReport } from '../../src/cli/commands/report-run.ts';
import { FORMATS } from '../../src/cli/formats.ts';
import { readReport } from '../../src/config/report-schema.ts';
import { outcomeOf, REPORT_SCHEMA, report, totalsOf, type Report } from '../../src/model/report.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

// Written by emcp 0.1.0 before its reports had version 2, with a profile that expects too much; made shorter by hand.
const FILE = join(import.meta.dirname, '../fixtures/report-v1.json');
const text = readFileSync(FILE, 'utf8');
const original = z.record(z.string(), z.unknown()).parse(JSON.parse(text));

describe('a report of version 1', () => {
  const read = reading();

  it('is a report of today, of the same results, totals and outcome', () => {
    expect(read.schema).toBe(REPORT_SCHEMA);
    expect(report.safeParse(read).error).toBeUndefined();
    expect(read.results.map(({ check, status }) => [check.id, status])).toEqual([
      ['config/modes', 'skip'],
      ['mode/api-route', 'pass'],
      ['protocol/initialize', 'fail'],
      ['rate/recovery', 'pass'],
      ['rate/threshold', 'pass'],
      ['stream/live', 'skip'],
      ['login/over-broad', 'warn'],
    ]);
    for (const key of ['totals', 'outcome', 'target', 'runtime'] as const) {
      expect(read[key], key).toEqual(original[key]);
    }
    expect(read.profile).toMatchObject(z.record(z.string(), z.unknown()).parse(original['profile']));
    expect(read.journal).toHaveLength(z.array(z.unknown()).parse(original['journal']).length);
  });

  it('comes to the outcome it had, by the rules of today', () => {
    expect(totalsOf(read.results)).toEqual(original['totals']);
    expect(outcomeOf(read.results, read.run)).toBe(original['outcome']);
  });

  it('keeps what a strict run made of a skip for lack of something', () => {
    const measured = read.results.filter(({ status }) => status === 'pass' || status === 'skip');
    expect(outcomeOf(measured, { ...read.run, strict: true })).toBe('blocked');
    const inapplicable = measured.filter(({ lacks }) => lacks === undefined);
    expect(outcomeOf(inapplicable, { ...read.run, strict: true })).toBe('ok');
  });

  it('keeps what its checks say of their waits and time limits', () => {
    const recovery = read.results.find(({ check }) => check.id === 'rate/recovery');
    expect(recovery?.check).toMatchObject({ waitsSeconds: 62, timeLimitMs: 130_000 });
    expect(recovery?.check).not.toHaveProperty('waits');
  });

  it.each(FORMATS)('is shown as %s', async (format) => {
    const io = testIo();
    expect(await runReport(FILE, { format }, io)).toBe(0);
    expect(io.written).toContain('protocol/initialize');
  });
});

describe('a broken report of version 1', () => {
  it.each([
    ['results.3.check.waits', change('"waits": 62', '"waits": "62"')],
    ['results.3.check.timeLimit', change('"timeLimit": 130000', '"timeLimit": null')],
    ['results.0.lacking', change('"lacking": true', '"lacking": "yes"')],
    ['results.0.status', change('"status": "skip"', '"status": "skipped"')],
    ['plan.buckets', change('"buckets"', '"pails"')],
    ['run.strict', change('"strict": false', '"strict": 0')],
    ['results', change('"results"', '"outcomes"')],
  ])('is refused by the name the key has in the file: %s', async (key, broken) => {
    const folder = folderWith({ 'report.json': broken });
    await expect(runReport('report.json', { format: 'terminal' }, testIo({ cwd: folder }))).rejects.toMatchObject({
      code: 'report-broken',
      where: { key },
    });
  });
});

function reading(): Report {
  const read = readReport(JSON.parse(text));
  if (read.kind !== 'report') throw new Error(JSON.stringify(read));
  return read.report;
}

function change(from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}
