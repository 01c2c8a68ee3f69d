import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runReport } from '../../src/cli/commands/report-run.ts';
import { FORMATS } from '../../src/cli/formats.ts';
import { readReport } from '../../src/config/report-schema.ts';
import { REPORT_SCHEMA, report, type Report } from '../../src/model/report.ts';
import { withTarget } from '../../src/targets/open.ts';
import { testIo } from '../support/test-io.ts';

// Written by emcp 0.1.0 before its reports had version 3; made shorter, and entries of every probe added, by hand.
const FILE = join(import.meta.dirname, '../fixtures/report-v2.json');
const text = readFileSync(FILE, 'utf8');

function reading(changed = text): Report {
  const found = readReport(JSON.parse(changed));
  if (found.kind !== 'report') throw new Error(JSON.stringify(found));
  return found.report;
}

describe('a report of version 2', () => {
  const read = reading();

  it('is a report of today, with an entry of its kind for every question', () => {
    expect(read.schema).toBe(REPORT_SCHEMA);
    expect(report.safeParse(read).error).toBeUndefined();
    expect(new Set(read.journal.map(({ kind }) => kind))).toEqual(
      new Set(['http', 'stream', 'open-streams', 'login', 'command', 'file', 'database']),
    );
  });

  it('tells what failed, and what was cut', () => {
    expect(read.journal.flatMap(({ failure }) => failure ?? [])).toEqual([
      { name: 'error', kind: 'timeout-total', message: 'timeout-total' },
      { name: 'stopped', kind: 'stopped', message: 'stopped' },
    ]);
    const cut = read.journal.find((entry) => entry.kind === 'http' && typeof entry.response?.body === 'object');
    expect(cut).toMatchObject({ response: { body: { cut: { kept: 16_384, of: 16_404 } } } });
  });

  it('names what is wrong in it as it stands in the file', () => {
    const broken = text.replace('"method": "POST"', '"method": 7');
    expect(readReport(JSON.parse(broken))).toMatchObject({ kind: 'broken', key: 'journal.0.question.method' });
  });

  it('cannot be replayed, and says why', async () => {
    await expect(withTarget({ kind: 'replay', report: read }, async () => 0)).rejects.toMatchObject({
      code: 'run-not-replayable',
    });
  });

  it.each(FORMATS)('is shown as %s', async (format) => {
    const io = testIo();
    expect(await runReport(FILE, { format }, io)).toBe(0);
    expect(io.written).toContain(format === 'github' ? '5 passed' : 'protocol/initialize');
  });
});
