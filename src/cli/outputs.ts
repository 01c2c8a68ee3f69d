import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../model/errors.ts';
import type { RunEvent } from '../model/events.ts';
import type { Report } from '../model/report.ts';
import type { Style } from '../reporters/style.ts';
import { FORMATS, renderAs, type Format } from './formats.ts';
import { STDOUT, type Io, type LostOutput } from './io.ts';
import { lostBy, tryOutput } from './lost-output.ts';
import { whyNotAppendable, writePrivately } from './private-file.ts';
import { assertOwnFile, assertRunFolder, filesOfRun, saveRun } from './saved-run.ts';
import { assertSeparate } from './separate-places.ts';

/** Where the report of a run goes: standard output, files, the summary of a build step, and a folder of a saved run. */
export interface Outputs {
  /** Never throws: a reader of events that fails is no reason to measure less. */
  readonly onEvent: (event: RunEvent) => void;
  /** Tries every output, and gives those that were lost, streams aside: `Io.flush` names them. */
  readonly publish: (report: Report, style: Style) => Promise<readonly LostOutput[]>;
}

export interface OutputFlags {
  /** `FORMAT` or `FORMAT=FILE`. */
  readonly reporters: readonly string[];
  /** Folder in which the run is saved. */
  readonly save: string | undefined;
}

/** Refuses before the run what could not be written after it. */
export async function openOutputs({ reporters, save }: OutputFlags, io: Io): Promise<Outputs> {
  const wanted = reporters.map((word) => parseReporter(word, io.cwd));
  const folder = save === undefined ? undefined : resolve(io.cwd, save);
  const summary = summaryOf(wanted, io);
  assertOneOnStdout(wanted);
  await assertSeparate([
    ...(folder === undefined ? [] : [{ named: `--output ${save}`, files: filesOfRun(folder) }]),
    ...(summary === undefined ? [] : [{ named: 'GITHUB_STEP_SUMMARY', files: [resolve(io.cwd, summary)] }]),
    ...wanted.flatMap(({ word, file }) => (file === undefined ? [] : [{ named: `--reporter ${word}`, files: [file] }])),
  ]);
  if (folder !== undefined) await assertRunFolder(folder);
  for (const { file } of wanted) if (file !== undefined) await assertOwnFile(file);
  if (summary !== undefined) await assertSummary(resolve(io.cwd, summary));
  const live = await liveEvents(wanted, io);
  return {
    onEvent: live.onEvent,
    async publish(report, style) {
      const outputs = outputsOf({ wanted, folder, summary, report, style, io });
      const tried: (LostOutput | undefined)[] = [];
      for (const { place, write } of outputs) tried.push(await tryOutput(place, write));
      const lost = [...live.lost, ...tried].filter((one) => one !== undefined);
      await showUnlessShown({ outputs, lost, report, style, io });
      return lost;
    },
  };
}

interface Wanted {
  /** As the operator wrote it. */
  readonly word: string;
  readonly format: Format;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

function parseReporter(word: string, cwd: string): Wanted {
  const [name = '', ...rest] = word.split('=');
  const format = FORMATS.find((known) => known === name);
  const where = { source: '--reporter' };
  if (format === undefined) {
    const meant = nearest(name, FORMATS);
    const hint = meant === undefined ? `one of ${FORMATS.join(', ')}` : `did you mean ${meant}?`;
    throw new UsageError('unknown-reporter', `there is no reporter ${name}`, { where, hint });
  }
  if (rest.length === 0) return { word, format, file: undefined };
  if (rest.join('=') === '') throw new UsageError('no-file', `${word} names no file`, { where, hint: `${name}=FILE` });
  return { word, format, file: resolve(cwd, rest.join('=')) };
}

function assertOneOnStdout(wanted: readonly Wanted[]): void {
  const [first, second] = wanted.filter(({ file }) => file === undefined);
  if (first === undefined || second === undefined) return;
  throw new UsageError('shared-output', `${first.format} and ${second.format} would both be written to ${STDOUT}`, {
    where: { source: '--reporter' },
    hint: `--reporter ${second.format}=FILE`,
  });
}

/** The file GitHub shows below a build step, where it is to be written. */
function summaryOf(wanted: readonly Wanted[], { env }: Io): string | undefined {
  return wanted.some(({ format }) => format === 'github') ? env['GITHUB_STEP_SUMMARY'] || undefined : undefined;
}

async function assertSummary(file: string): Promise<void> {
  const why = await whyNotAppendable(file);
  if (why === undefined) return;
  throw new UsageError('output-unwritable', `${file} ${why}`, {
    where: { source: 'environment', key: 'GITHUB_STEP_SUMMARY' },
    hint: 'name a file you may write to, or unset GITHUB_STEP_SUMMARY',
  });
}

/** Events on standard output as they happen, for the one format that has them. */
async function liveEvents(wanted: readonly Wanted[], io: Io) {
  const lost: LostOutput[] = [];
  if (!wanted.some(({ format, file }) => format === 'ndjson' && file === undefined)) {
    return { lost, onEvent: () => undefined };
  }
  const { renderEvent } = await import('../reporters/ndjson.ts');
  const onEvent = (event: RunEvent): void => {
    try {
      io.out(renderEvent(event));
    } catch (error) {
      if (lost.length === 0) lost.push(lostBy(error, STDOUT));
    }
  };
  return { lost, onEvent };
}

interface Output {
  readonly place: string;
  readonly write: () => Promise<void>;
}

interface Publishing {
  readonly report: Report;
  readonly style: Style;
  readonly io: Io;
}

interface Selected extends Publishing {
  readonly wanted: readonly Wanted[];
  readonly folder: string | undefined;
  readonly summary: string | undefined;
}

/** The saved run comes first: the rest can be made from it again. */
function outputsOf({ wanted, folder, summary, ...publishing }: Selected): readonly Output[] {
  const { report } = publishing;
  return [
    ...(folder === undefined ? [] : [{ place: folder, write: () => saveRun(folder, report) }]),
    ...wanted.map((one) => ({ place: one.file ?? STDOUT, write: () => writeReport(one, publishing) })),
    ...(summary === undefined ? [] : [{ place: summary, write: () => addSummary(summary, report) }]),
  ];
}

async function writeReport({ format, file }: Wanted, { report, style, io }: Publishing): Promise<void> {
  if (file !== undefined) {
    await writePrivately(file, await renderAs(format, report, { ...style, color: false }));
    return;
  }
  // The events before were written as they happened.
  const text =
    format === 'ndjson'
      ? (await import('../reporters/ndjson.ts')).renderEvent({ kind: 'finished', report })
      : await renderAs(format, report, style);
  io.out(text);
}

async function addSummary(file: string, report: Report): Promise<void> {
  await appendFile(file, (await import('../reporters/markdown.ts')).renderMarkdown(report));
}

interface Published extends Publishing {
  readonly outputs: readonly Output[];
  readonly lost: readonly LostOutput[];
}

/**
 * Where a file was lost and standard output is free, the verdict is printed there; where nothing at all was written, on
 * standard error. A good verdict is not repeated on standard error: its exit code says that it was one.
 */
async function showUnlessShown({ outputs, lost, report, style, io }: Published): Promise<void> {
  const usesStdout = outputs.some(({ place }) => place === STDOUT);
  const render = (change: Partial<Style>) => renderAs('terminal', report, { ...style, ...change });
  if (!usesStdout && lost.length > 0) await tryOutput(STDOUT, async () => io.out(await render({})));
  const lostStdout = (await io.flush()).some(({ place }) => place === STDOUT);
  const written = outputs.length - lost.length - (usesStdout && lostStdout ? 1 : 0);
  if (lostStdout && written <= 0 && report.outcome !== 'ok') {
    await tryOutput('standard error', async () => io.err(await render({ color: false, quiet: true })));
  }
}
