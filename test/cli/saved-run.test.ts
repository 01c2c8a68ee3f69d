import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadReport } from '../../src/cli/load-report.ts';
import { assertRunFolder, saveRun } from '../../src/cli/saved-run.ts';
import { writePrivately } from '../../src/cli/private-file.ts';
import { HOSTILE } from '../support/hostile.ts';
import { sampleReport } from '../support/sample-report.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'emcp-output-'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('a saved run', () => {
  it('is the report, the page and their digests, for the owner alone, and nothing else', async () => {
    const folder = join(home, 'a', 'run');
    await saveRun(folder, sampleReport());
    expect(readdirSync(folder).toSorted()).toEqual(['SHA256SUMS', 'report.html', 'report.json']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('is what sha256sum agrees to', async () => {
    await saveRun(join(home, 'run'), sampleReport());
    const said = execFileSync('/bin/sh', ['-c', 'sha256sum --check --strict SHA256SUMS'], { cwd: join(home, 'run') });
    expect(said.toString().match(/: OK$/gm)).toHaveLength(2);
  });

  it('comes back as it was, whatever the target said', async () => {
    for (const text of HOSTILE) {
      const report = sampleReport(text);
      await saveRun(join(home, 'run'), report);
      expect(await loadReport(join(home, 'run'))).toEqual(JSON.parse(JSON.stringify(report)));
    }
  });

  it('takes the place of an earlier one and leaves what else is there', async () => {
    const folder = join(home, 'run');
    await saveRun(folder, sampleReport('first'));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    await saveRun(folder, sampleReport('second'));
    expect((await loadReport(folder)).runtime.platform).toBe('second');
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('goes into an empty folder', async () => {
    await saveRun(home, sampleReport());
    expect(readdirSync(home)).toHaveLength(3);
  });
});

describe('a folder that must not be written to', () => {
  it('holds something else than a saved run', async () => {
    writeFileSync(join(home, 'thesis.doc'), 'years of work');
    await expect(assertRunFolder(home)).rejects.toMatchObject({ code: 'output-not-a-run' });
    writeFileSync(join(home, 'SHA256SUMS'), 'sums of something else\n');
    await expect(saveRun(home, sampleReport())).rejects.toMatchObject({ code: 'output-not-a-run' });
    expect(readdirSync(home).toSorted()).toEqual(['SHA256SUMS', 'thesis.doc']);
  });

  it('is a link, with a slash at its end or without', async () => {
    mkdirSync(join(home, 'real'));
    symlinkSync(join(home, 'real'), join(home, 'link'));
    await expect(saveRun(join(home, 'link'), sampleReport())).rejects.toMatchObject({ code: 'output-link' });
    await expect(saveRun(`${join(home, 'link')}/`, sampleReport())).rejects.toMatchObject({ code: 'output-link' });
    expect(readdirSync(join(home, 'real'))).toEqual([]);
  });

  it('has a link where a file would go', async () => {
    await saveRun(join(home, 'run'), sampleReport());
    writeFileSync(join(home, 'victim'), 'untouched');
    rmSync(join(home, 'run', 'report.html'));
    symlinkSync(join(home, 'victim'), join(home, 'run', 'report.html'));
    await expect(saveRun(join(home, 'run'), sampleReport())).rejects.toMatchObject({ code: 'output-link' });
    expect(readFileSync(join(home, 'victim'), 'utf8')).toBe('untouched');
  });

  it('is a file, or lies below one', async () => {
    writeFileSync(join(home, 'file'), '');
    await expect(saveRun(join(home, 'file'), sampleReport())).rejects.toMatchObject({ code: 'output-not-a-folder' });
    await expect(saveRun(join(home, 'file', 'run'), sampleReport())).rejects.toMatchObject({
      code: 'output-unwritable',
    });
  });
});

describe('a file written for its owner', () => {
  it('replaces a file whole and leaves no draft behind', async () => {
    const path = join(home, 'report.xml');
    await writePrivately(path, 'one');
    await writePrivately(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['report.xml']);
  });

  it.each([
    ['a link', 'output-link', (path: string) => symlinkSync('/etc/hostname', path)],
    ['a folder', 'output-not-a-file', (path: string) => mkdirSync(path)],
    ['a pipe', 'output-not-a-file', (path: string) => execFileSync('/bin/sh', ['-c', 'mkfifo "$1"', 'sh', path])],
  ])('is refused where there is %s', async (_name, code, make) => {
    const path = join(home, 'there');
    make(path);
    await expect(writePrivately(path, 'text')).rejects.toMatchObject({ code });
    expect(readdirSync(home)).toEqual(['there']);
  });

  it('makes the folders that are missing', async () => {
    await writePrivately(join(home, 'no', 'such', 'x'), 'text');
    expect(readFileSync(join(home, 'no', 'such', 'x'), 'utf8')).toBe('text');
    expect(statSync(join(home, 'no', 'such', 'x')).mode & 0o777).toBe(0o600);
  });

  it('is refused where no folder can be made, and that ends', async () => {
    await expect(writePrivately('/proc/emcp/x', 'text')).rejects.toMatchObject({ code: 'output-unwritable' });
    await expect(saveRun('/proc/emcp/run', sampleReport())).rejects.toMatchObject({ code: 'output-unwritable' });
  });

  it('may have the longest name there is', async () => {
    await writePrivately(join(home, 'x'.repeat(255)), 'text');
    expect(readdirSync(home)).toEqual(['x'.repeat(255)]);
  });
});
