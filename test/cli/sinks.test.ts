import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSinks } from '../../src/cli/sinks.ts';
import { sampleReport } from '../support/sample-report.ts';
import { testIo } from '../support/test-io.ts';

const STYLE = { color: true, width: 80, verbose: false, quiet: false };

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'emcp-sinks-'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('where the report goes', () => {
  it('is several places at once', async () => {
    const io = testIo({ cwd: home });
    const sinks = await openSinks({ reporters: ['terminal', 'junit=a.xml', 'html=b=c.html'], keep: 'run' }, io);
    await sinks.publish(sampleReport(), STYLE);
    expect(io.written).toContain('\u001B');
    expect(readdirSync(home).toSorted()).toEqual(['a.xml', 'b=c.html', 'run']);
    expect(readdirSync(join(home, 'run'))).toHaveLength(3);
  });

  it('is written without colour in a file', async () => {
    const io = testIo({ cwd: home });
    await (await openSinks({ reporters: ['terminal=a.txt'], keep: undefined }, io)).publish(sampleReport(), STYLE);
    expect(readFileSync(join(home, 'a.txt'), 'utf8')).not.toContain('\u001B');
    expect(io.written).toBe('');
  });

  it('hears of events as they happen, and at the end once more', async () => {
    const io = testIo({ cwd: home });
    const sinks = await openSinks({ reporters: ['ndjson'], keep: undefined }, io);
    sinks.onEvent({ kind: 'started', planned: 3 });
    expect(JSON.parse(io.written)).toMatchObject({ event: 'started', planned: 3 });
    await sinks.publish(sampleReport(), STYLE);
    expect(io.written.trimEnd().split('\n')).toHaveLength(2);
  });

  it('is the summary of the build step, too, where GitHub gives one', async () => {
    const summary = join(home, 'summary.md');
    writeFileSync(summary, 'before\n');
    const io = testIo({ cwd: home, env: { GITHUB_STEP_SUMMARY: summary } });
    await (await openSinks({ reporters: ['github'], keep: undefined }, io)).publish(sampleReport(), STYLE);
    expect(io.written).toMatch(/^::error /);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n# emcp/);
  });

  it.each([
    [['junitt'], 'unknown-reporter'],
    [['junit='], 'no-file'],
    [['terminal', 'json'], 'shared-output'],
    [['junit=a', 'html=./a'], 'shared-output'],
    [['junit=/dev/null'], 'output-not-a-file'],
  ])('is refused before the run for %j', async (reporters, code) => {
    await expect(openSinks({ reporters, keep: undefined }, testIo({ cwd: home }))).rejects.toMatchObject({ code });
  });

  it('is refused before the run for a folder of something else', async () => {
    writeFileSync(join(home, 'mine'), '');
    await expect(openSinks({ reporters: [], keep: '.' }, testIo({ cwd: home }))).rejects.toMatchObject({
      code: 'output-not-a-run',
    });
  });
});
