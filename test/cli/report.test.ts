import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runReport } from '../../src/cli/commands/report-run.ts';
import { FORMATS } from '../../src/cli/formats.ts';
import type { Io } from '../../src/cli/io.ts';
import { saveRun } from '../../src/cli/saved-run.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { sampleReport } from '../support/sample-report.ts';
import { testIo, type TestIo } from '../support/test-io.ts';

let home = '';
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'emcp-report-'));
  await saveRun(join(home, 'run'), sampleReport());
});
afterEach(() => rmSync(home, { recursive: true }));

describe('showing a saved run', () => {
  it.each(FORMATS)(
    'works as %s from its folder and from its file, and ends well though the run did not',
    async (format) => {
      const fromFolder = ioIn(home);
      expect(await runReport('run', { format }, fromFolder)).toBe(0);
      const fromFile = ioIn(home);
      expect(await runReport('run/report.json', { format }, fromFile)).toBe(0);
      expect(fromFolder.written).not.toBe('');
      expect(fromFile.written).toBe(fromFolder.written);
    },
  );

  it('gives back the very bytes that were saved', async () => {
    const io = ioIn(home);
    await runReport('run', { format: 'json' }, io);
    expect(io.written).toBe(readFileSync(join(home, 'run', 'report.json'), 'utf8'));
    const page = ioIn(home);
    await runReport('run', { format: 'html' }, page);
    expect(page.written).toBe(readFileSync(join(home, 'run', 'report.html'), 'utf8'));
  });

  it('writes to a file without colour, and nothing to standard output', async () => {
    const io = ioIn(home, { color: true });
    await runReport('run', { format: 'terminal', output: 'out.txt' }, io);
    expect(io.written).toBe('');
    expect(readFileSync(join(home, 'out.txt'), 'utf8')).not.toContain('\u001B');
  });
});

describe('a report in the place of what it is made from', () => {
  it.each([
    ['run', 'run/report.json'],
    ['run', './run/SHA256SUMS'],
    ['run/report.json', 'run/report.html'],
    ['copy.json', './copy.json'],
  ])('is refused for %s: %s', async (path, output) => {
    const text = readFileSync(join(home, 'run/report.json'), 'utf8');
    writeFileSync(join(home, 'copy.json'), text);
    const code = expect.stringMatching(/^(?:shared-output|output-in-run)$/) as string;
    await expect(runReport(path, { format: 'markdown', output }, ioIn(home))).rejects.toMatchObject({ code });
    expect(await runReport('run', { format: 'json' }, ioIn(home))).toBe(0);
    expect(readFileSync(join(home, 'copy.json'), 'utf8')).toBe(text);
  });

  it('may be beside it', async () => {
    expect(await runReport('run', { format: 'markdown', output: 'run/report.md' }, ioIn(home))).toBe(0);
  });
});

describe('what is refused', () => {
  const refused = (path: string) => runReport(path, { format: 'terminal' }, ioIn(home));

  it.each([
    ['nothing there', 'report-missing', () => undefined],
    ['no JSON', 'not-a-report', () => put('half a {')],
    ['JSON of another kind', 'not-a-report', () => put('{"name":"emcp"}')],
    ['no object', 'not-a-report', () => put('[1]')],
    ['a report of another version', 'report-version', () => put('{"schema":"emcp.report/99"}')],
    ['a report with a part missing', 'report-broken', () => put('{"schema":"emcp.report/3"}')],
    ['a report nested without end', 'report-broken', () => put(deepReport())],
    ['totals that do not follow from the results', 'report-tampered', () => put(edited('"fail": 2', '"fail": 0'))],
    ['an outcome that does not follow', 'report-tampered', () => put(edited('"outcome": "bug"', '"outcome": "ok"'))],
  ])('is a file with %s', async (_name, code, make) => {
    make();
    await expect(refused('file.json')).rejects.toMatchObject({ name: 'UsageError', code });
  });

  it('is a folder without a run in it', async () => {
    await expect(refused('.')).rejects.toMatchObject({ code: 'report-missing' });
  });

  it.each(['report.json', 'report.html'])('is a folder whose %s was changed', async (name) => {
    appendFileSync(join(home, 'run', name), ' ');
    await expect(refused('run')).rejects.toMatchObject({ code: 'report-tampered' });
  });

  it.each(['', 'no manifest\n', `${'0'.repeat(64)}  ../../etc/passwd\n`])(
    'is a folder with the manifest %j',
    async (text) => {
      writeFileSync(join(home, 'run', 'SHA256SUMS'), text);
      await expect(refused('run')).rejects.toMatchObject({ code: 'report-tampered' });
    },
  );

  it('is an output that would go through a link or over a device, before anything is read', async () => {
    const flags = { format: 'html', output: '/dev/null' } as const;
    await expect(runReport('nowhere', flags, ioIn(home))).rejects.toMatchObject({ code: 'output-not-a-file' });
  });
});

function put(text: string): void {
  writeFileSync(join(home, 'file.json'), text);
}

function edited(from: string, to: string): string {
  const text = renderJson(sampleReport());
  expect(text).toContain(from);
  return text.replace(from, to);
}

function deepReport(): string {
  return edited('"actual": 4', `"actual": ${'['.repeat(50_000)}${']'.repeat(50_000)}`);
}

function ioIn(cwd: string, change: Partial<Io> = {}): TestIo {
  return testIo({ cwd, ...change });
}
