import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../model/errors.ts';
import type { RunEvent } from '../model/events.ts';
import type { Report } from '../model/report.ts';
import type { Style } from '../reporters/style.ts';
import { FORMATS, renderAs, type Format } from './formats.ts';
import type { Io } from './io.ts';
import { keepRun, refuseFolder } from './output.ts';
import { refuseUnwritable, writePrivately } from './private-file.ts';

/** Where the report of a run goes: forms on standard output or in files, and a folder that keeps the run. */
export interface Sinks {
  /** What standard output is for. */
  readonly stdout: Format | undefined;
  readonly onEvent: (event: RunEvent) => void;
  readonly publish: (report: Report, style: Style) => Promise<void>;
}

export interface SinkFlags {
  /** `FORMAT` or `FORMAT=FILE`. */
  readonly reporters: readonly string[];
  /** Folder in which the run is kept. */
  readonly keep: string | undefined;
}

/** Refuses before the run what could not be written after it. */
export async function openSinks({ reporters, keep }: SinkFlags, io: Io): Promise<Sinks> {
  const sinks = reporters.map((word) => parseSink(word, io.cwd));
  refuseSharedPlaces(sinks);
  const folder = keep === undefined ? undefined : resolve(io.cwd, keep);
  if (folder !== undefined) await refuseFolder(folder);
  for (const { file } of sinks) if (file !== undefined) await refuseUnwritable(file);
  const stdout = sinks.find(({ file }) => file === undefined)?.format;
  const live = stdout === 'ndjson' ? (await import('../reporters/ndjson.ts')).renderEvent : undefined;
  return {
    stdout,
    onEvent: (event) => {
      if (live) io.out(live(event));
    },
    async publish(report, style) {
      // What is kept comes first: the rest can be made from it again.
      if (folder !== undefined) await keepRun(folder, report);
      for (const sink of sinks) await write(sink, { report, style, io });
    },
  };
}

interface Sink {
  readonly format: Format;
  readonly file: string | undefined;
}

function parseSink(word: string, cwd: string): Sink {
  const [name = '', ...rest] = word.split('=');
  const format = FORMATS.find((known) => known === name);
  const where = { source: '--reporter' };
  if (format === undefined) {
    const meant = nearest(name, FORMATS);
    const hint = meant === undefined ? `one of ${FORMATS.join(', ')}` : `did you mean ${meant}?`;
    throw new UsageError('unknown-reporter', `there is no reporter ${name}`, { where, hint });
  }
  if (rest.length === 0) return { format, file: undefined };
  if (rest.join('=') === '') throw new UsageError('no-file', `${word} names no file`, { where, hint: `${name}=FILE` });
  return { format, file: resolve(cwd, rest.join('=')) };
}

function refuseSharedPlaces(sinks: readonly Sink[]): void {
  const places = new Set<string | undefined>();
  for (const { format, file } of sinks) {
    if (places.has(file)) {
      throw new UsageError('shared-output', `two reporters write to ${file ?? 'standard output'}`, {
        where: { source: '--reporter' },
        hint: `--reporter ${format}=FILE`,
      });
    }
    places.add(file);
  }
}

interface Publishing {
  readonly report: Report;
  readonly style: Style;
  readonly io: Io;
}

async function write({ format, file }: Sink, { report, style, io }: Publishing): Promise<void> {
  if (format === 'github') await addSummary(report, io);
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

/** The file GitHub shows below a build step, where there is one. */
async function addSummary(report: Report, { env }: Io): Promise<void> {
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  await appendFile(summary, (await import('../reporters/markdown.ts')).renderMarkdown(report));
}
