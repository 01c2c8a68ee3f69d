import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LostOutput } from '../../src/cli/io.ts';
import { openOutputs } from '../../src/cli/outputs.ts';
import { sampleReport } from '../support/sample-report.ts';
import { testIo, type TestIo } from '../support/test-io.ts';

const STYLE = { color: true, width: 80, verbose: false, quiet: false };

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'emcp-outputs-'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('where the report goes', () => {
  it('is several places at once', async () => {
    const io = testIo({ cwd: home });
    const outputs = await openOutputs({ reporters: ['terminal', 'junit=a.xml', 'html=b=c.html'], save: 'run' }, io);
    await outputs.publish(sampleReport(), STYLE);
    expect(io.written).toContain('\u001B');
    expect(readdirSync(home).toSorted()).toEqual(['a.xml', 'b=c.html', 'run']);
    expect(readdirSync(join(home, 'run'))).toHaveLength(3);
  });

  it('is written without colour in a file', async () => {
    const io = testIo({ cwd: home });
    await (await openOutputs({ reporters: ['terminal=a.txt'], save: undefined }, io)).publish(sampleReport(), STYLE);
    expect(readFileSync(join(home, 'a.txt'), 'utf8')).not.toContain('\u001B');
    expect(io.written).toBe('');
  });

  it('hears of events as they happen, and at the end once more', async () => {
    const io = testIo({ cwd: home });
    const outputs = await openOutputs({ reporters: ['ndjson'], save: undefined }, io);
    outputs.onEvent({ kind: 'started', planned: 3 });
    expect(JSON.parse(io.written)).toMatchObject({ event: 'started', planned: 3 });
    await outputs.publish(sampleReport(), STYLE);
    expect(io.written.trimEnd().split('\n')).toHaveLength(2);
  });

  it('is the summary of the build step, too, where GitHub gives one', async () => {
    const summary = join(home, 'summary.md');
    writeFileSync(summary, 'before\n');
    const io = testIo({ cwd: home, env: { GITHUB_STEP_SUMMARY: summary } });
    await (await openOutputs({ reporters: ['github'], save: undefined }, io)).publish(sampleReport(), STYLE);
    expect(io.written).toMatch(/^::error /);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n# emcp/);
  });

  it('may be a link to the summary of the build step', async () => {
    writeFileSync(join(home, 'real.md'), '');
    symlinkSync('real.md', join(home, 'linked.md'));
    const io = testIo({ cwd: home, env: { GITHUB_STEP_SUMMARY: join(home, 'linked.md') } });
    await (await openOutputs({ reporters: ['github'], save: undefined }, io)).publish(sampleReport(), STYLE);
    expect(readFileSync(join(home, 'real.md'), 'utf8')).toMatch(/^# emcp/);
  });

  it.each([
    ['a folder', '.', 'is a folder'],
    ['in no folder', 'nowhere/summary.md', 'cannot be written: ENOENT'],
    ['below a file', 'file/summary.md', 'cannot be written: ENOTDIR'],
  ])('is refused before the run where the summary of the build step is %s', async (_what, path, why) => {
    writeFileSync(join(home, 'file'), '');
    const summary = join(home, path);
    const io = testIo({ cwd: home, env: { GITHUB_STEP_SUMMARY: summary } });
    await expect(openOutputs({ reporters: ['github'], save: undefined }, io)).rejects.toMatchObject({
      code: 'output-unwritable',
      message: `${summary.replace(/\/$/, '')} ${why}`,
      where: { key: 'GITHUB_STEP_SUMMARY' },
    });
  });

  it.each([
    [['junitt'], 'unknown-reporter'],
    [['junit='], 'no-file'],
    [['terminal', 'json'], 'shared-output'],
    [['junit=/dev/null'], 'output-not-a-file'],
  ])('is refused before the run for %j', async (reporters, code) => {
    await expect(openOutputs({ reporters, save: undefined }, testIo({ cwd: home }))).rejects.toMatchObject({ code });
  });

  it.each<[what: string, reporters: string[], save: string | undefined]>([
    ['one path', ['junit=a', 'html=a'], undefined],
    ['another spelling of it', ['junit=a', 'html=./b/../a'], undefined],
    ['a linked folder', ['junit=real/a', 'html=linked/a'], undefined],
    ['a linked folder, in a folder that is not there yet', ['junit=real/b/a', 'html=linked/b/a'], undefined],
    ['a file where a folder must be', ['junit=a', 'html=a/b'], undefined],
    ['the page of the saved run', ['html=run/report.html'], 'run'],
    ['its manifest, through a link', ['html=linked/run/SHA256SUMS'], 'real/run'],
    ['the place of its folder', ['html=run'], './run/'],
    ['the place of a folder above it', ['html=run'], 'run/today'],
    ['the summary of the build step', ['github', 'markdown=summary.md'], undefined],
  ])('is refused before the run for two at one place: %s', async (_what, reporters, save) => {
    mkdirSync(join(home, 'real'));
    symlinkSync('real', join(home, 'linked'));
    const io = testIo({ cwd: home, env: { GITHUB_STEP_SUMMARY: join(home, 'summary.md') } });
    const refused: unknown = await openOutputs({ reporters, save }, io).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'shared-output',
      hint: expect.stringMatching(/^name another place for --/) as string,
    });
    const last = `--reporter ${reporters.at(-1)} are in each other's way: `;
    expect(refused).toHaveProperty('message', expect.stringContaining(last));
    expect(readdirSync(home).toSorted()).toEqual(['linked', 'real']);
  });

  it('is refused before the run where it would go over the files of a run saved earlier', async () => {
    const io = testIo({ cwd: home });
    await (await openOutputs({ reporters: [], save: 'run' }, io)).publish(sampleReport(), STYLE);
    for (const file of ['report.json', 'report.html', 'SHA256SUMS']) {
      const refused = openOutputs({ reporters: [`json=run/${file}`], save: undefined }, io);
      await expect(refused).rejects.toMatchObject({
        code: 'output-in-run',
        where: { source: join(home, 'run', file) },
      });
    }
  });

  it('may be beside the files of a saved run', async () => {
    const io = testIo({ cwd: home });
    for (const again of [false, true]) {
      const outputs = await openOutputs({ reporters: ['junit=run/junit.xml'], save: 'run' }, io);
      expect([again, await outputs.publish(sampleReport(), STYLE)]).toEqual([again, []]);
    }
    expect(readdirSync(join(home, 'run'))).toHaveLength(4);
  });

  it('is refused before the run for a folder of something else', async () => {
    writeFileSync(join(home, 'mine'), '');
    await expect(openOutputs({ reporters: [], save: '.' }, testIo({ cwd: home }))).rejects.toMatchObject({
      code: 'output-not-a-run',
    });
  });
});

const FULL: LostOutput = { place: 'standard output', why: 'cannot be written: ENOSPC' };
const GREEN = sampleReport('plain', { outcome: 'ok' });

function ioIn(lost: readonly LostOutput[] = [], env: Readonly<Record<string, string>> = {}): TestIo {
  return testIo({ cwd: home, env, flush: async () => lost });
}

describe('an output that is lost', () => {
  /** Opens, lets the world change, and publishes. */
  async function publish(reporters: readonly string[], io: TestIo, { report = sampleReport(), save = 'no' } = {}) {
    rmSync(join(home, 'gone'), { force: true });
    mkdirSync(join(home, 'gone'));
    const outputs = await openOutputs({ reporters, save: save === 'no' ? undefined : save }, io);
    rmSync(join(home, 'gone'), { recursive: true });
    writeFileSync(join(home, 'gone'), '');
    return outputs.publish(report, STYLE);
  }

  it('costs no other one, whether it comes first or last', async () => {
    for (const save of ['gone/run', 'run']) {
      const io = ioIn([], { GITHUB_STEP_SUMMARY: join(home, 'gone/summary.md') });
      const lost = await publish(['junit=gone/a.xml', 'json=b/b.json', 'html=gone/c.html', 'github'], io, { save });
      const places = ['gone/a.xml', 'gone/c.html', 'gone/summary.md'];
      expect(lost).toEqual(
        [...(save === 'run' ? [] : [save]), ...places].map((place) => ({
          place: join(home, place),
          why: 'cannot be written: ENOTDIR',
        })),
      );
      expect(readdirSync(join(home, 'b'))).toEqual(['b.json']);
      expect(io.written).toMatch(/^::error /);
    }
    expect(readdirSync(join(home, 'run'))).toHaveLength(3);
  });

  it('is a link that came during the run', async () => {
    const outputs = await openOutputs({ reporters: ['terminal', 'json=a.json'], save: undefined }, ioIn());
    symlinkSync('/etc/hostname', join(home, 'a.json'));
    expect(await outputs.publish(sampleReport(), STYLE)).toEqual([
      { place: join(home, 'a.json'), why: 'is a symbolic link, which is not followed' },
    ]);
  });

  it('leaves the verdict on standard output, where that was free', async () => {
    const io = ioIn();
    await publish(['junit=gone/a.xml'], io);
    expect(io.written).toContain('protocol/initialize');
    expect(io.told).toBe('');
  });

  it('leaves the verdict on standard error, where nothing else was written and it is not good', async () => {
    const red = ioIn([FULL]);
    await publish(['terminal'], red);
    expect(red.told).toContain('protocol/initialize');
    const both = ioIn([FULL]);
    await publish(['junit=gone/a.xml'], both);
    expect(both.told).toContain('protocol/initialize');
    const green = ioIn([FULL]);
    await publish(['terminal'], green, { report: GREEN });
    const other = ioIn([FULL]);
    await publish(['terminal', 'json=r.json'], other);
    expect([green.told, other.told]).toEqual(['', '']);
  });

  it('is an event that could not be written, and ends no run', async () => {
    const io = testIo({
      out: () => {
        throw new TypeError('broken');
      },
    });
    const outputs = await openOutputs({ reporters: ['ndjson'], save: undefined }, io);
    for (const planned of [1, 2]) expect(() => outputs.onEvent({ kind: 'started', planned })).not.toThrow();
    expect(await outputs.publish(GREEN, STYLE)).toContainEqual({
      place: 'standard output',
      why: 'internal error: TypeError: broken',
    });
  });
});

describe('an output that could not be written', () => {
  it('is refused before the run below a file or a link to nothing', async () => {
    writeFileSync(join(home, 'file'), '');
    symlinkSync(join(home, 'nothing'), join(home, 'link'));
    for (const [place, code] of [
      ['file/a.xml', 'output-unwritable'],
      ['file/below/a.xml', 'output-unwritable'],
      ['link/a.xml', 'output-link'],
      ['link/below/a.xml', 'output-link'],
    ] as const) {
      const flags = [
        { reporters: [`junit=${place}`], save: undefined },
        { reporters: [], save: place },
      ];
      for (const one of flags) await expect(openOutputs(one, ioIn())).rejects.toMatchObject({ code });
    }
    expect(readdirSync(home).toSorted()).toEqual(['file', 'link']);
  });

  it.skipIf(process.getuid?.() === 0)('is refused before the run in a folder of somebody else', async () => {
    mkdirSync(join(home, 'locked'));
    chmodSync(join(home, 'locked'), 0o555);
    for (const place of ['locked/a.xml', 'locked/below/a.xml']) {
      const opened = openOutputs({ reporters: [`junit=${place}`], save: undefined }, ioIn());
      await expect(opened).rejects.toMatchObject({ code: 'output-unwritable', message: 'cannot be written: EACCES' });
    }
  });
});
