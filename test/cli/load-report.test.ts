import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadReport } from '../../src/cli/load-report.ts';
import { saveRun } from '../../src/cli/saved-run.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { sampleReport } from '../support/sample-report.ts';

let home = '';
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'emcp-load-'));
  await saveRun(home, sampleReport('measured'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('a report whose journal has one byte changed', () => {
  it.each(['in its folder', 'as a file'])('is refused %s', async (where) => {
    const file = join(home, 'report.json');
    const text = await readFile(file, 'utf8');
    const [from, to] = [text.indexOf('"journal": ['), text.indexOf('"journalDigest"')];
    expect(to - from).toBeGreaterThan(1000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: from, max: to }), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(text);
        fc.pre(bytes[at] !== byte && !isSpace(bytes[at]) && !isSpace(byte));
        bytes[at] = byte;
        await writeFile(file, bytes);
        const loading = loadReport(where === 'as a file' ? file : home);
        await expect(loading).rejects.toMatchObject({ code: expect.stringMatching(/^(?:not-a-)?report/) as string });
      }),
    );
  });
});

/** Between values of JSON, where it says nothing. */
function isSpace(byte: number | undefined): boolean {
  return byte === undefined || /\s/.test(String.fromCodePoint(byte));
}

describe('a saved run that changes while it is read', () => {
  /** Another report than the saved one, in one of the reads of its file. */
  function swapping(forged: number): (file: string) => Promise<Buffer> {
    let reads = 0;
    return async (file) => {
      if (basename(file) !== 'report.json') return readFile(file);
      reads += 1;
      return reads === forged ? Buffer.from(renderJson(sampleReport('forged'))) : readFile(file);
    };
  }

  it('is refused where what was read is not what was measured', async () => {
    await expect(loadReport(home, swapping(1))).rejects.toMatchObject({ code: 'report-tampered' });
  });

  it('is never shown as anything but what was verified', async () => {
    for (const forged of [2, 3]) expect((await loadReport(home, swapping(forged))).runtime.platform).toBe('measured');
  });

  it('is read once, each file of it', async () => {
    const read: string[] = [];
    await loadReport(home, async (file) => {
      read.push(basename(file));
      return readFile(file);
    });
    expect(read).toEqual(['SHA256SUMS', 'report.json', 'report.html']);
  });
});
