import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readReport, type ReadReport } from '../config/report-schema.ts';
import { UsageError } from '../model/errors.ts';
import { outcomeOf, REPORT_SCHEMA, totalsOf, type Report } from '../model/report.ts';
import { digest, MANIFEST, readManifest } from './manifest.ts';
import { KEPT_REPORT } from './output.ts';

/** A report is some megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The report of a kept run's folder, or of a file; refused when it is not what emcp wrote. */
export async function loadReport(path: string): Promise<Report> {
  const isFolder = (await statOf(path)).isDirectory();
  const file = isFolder ? join(path, KEPT_REPORT) : path;
  const bytes = await readCapped(file);
  if (isFolder) await verifyFolder(path);
  return consistent(parsed(bytes, file), file);
}

async function verifyFolder(folder: string): Promise<void> {
  const source = join(folder, MANIFEST);
  const sums = readManifest((await readCapped(source)).toString('utf8'));
  if (!sums?.has(KEPT_REPORT)) throw tampered(source, `is no manifest of ${KEPT_REPORT}`);
  for (const [name, sum] of sums) {
    if (digest(await readCapped(join(folder, name))) !== sum)
      throw tampered(join(folder, name), `is not what ${MANIFEST} says: changed since, or not written to its end`);
  }
}

async function readCapped(file: string): Promise<Buffer> {
  const found = await statOf(file);
  const where = { source: file };
  if (!found.isFile())
    throw new UsageError('report-missing', 'is not a file', { where, hint: 'emcp check --output DIR' });
  if (found.size > MOST_BYTES)
    throw new UsageError('report-too-large', `is larger than ${MOST_BYTES / 1024 / 1024} MiB`, { where });
  return readFile(file);
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const inFolder = basename(path) === KEPT_REPORT || basename(path) === MANIFEST ? ` in ${dirname(path)}` : '';
    throw new UsageError('report-missing', `cannot be read${inFolder}: ${code}`, {
      where: { source: path },
      hint: 'emcp check --output DIR keeps a run in DIR',
    });
  }
}

function parsed(bytes: Buffer, file: string): Report {
  const where = { source: file };
  const hint = 'name a report.json, or the folder of a kept run';
  const read = readShallow(parseJson(bytes, file));
  switch (read.kind) {
    case 'report':
      return read.report;
    case 'other':
      throw otherSchema(read, file);
    case 'broken':
      throw new UsageError('report-broken', read.why, {
        where: read.key === '' ? where : { ...where, key: read.key },
        hint,
      });
  }
}

/** What is nested deeper than the stack is no report either. */
function readShallow(value: unknown): ReadReport {
  try {
    return readReport(value);
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'broken', key: '', why: 'is nested too deeply' };
    throw error;
  }
}

function parseJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UsageError('not-a-report', 'is not JSON', {
      where: { source: file },
      hint: 'name a report.json, or the folder of a kept run',
    });
  }
}

function otherSchema({ schema }: Extract<ReadReport, { kind: 'other' }>, file: string): UsageError {
  const where = { source: file, key: 'schema' };
  if (schema?.startsWith('emcp.report/'))
    return new UsageError('report-version', `is ${schema}, and this emcp reads ${REPORT_SCHEMA}`, {
      where,
      hint: 'use the emcp that wrote it, or run the checks again',
    });
  return new UsageError('not-a-report', 'is not a report of emcp', {
    where,
    hint: 'name a report.json, or the folder of a kept run',
  });
}

/** Totals and outcome follow from the results, so a report in which they do not was changed. */
function consistent(report: Report, file: string): Report {
  const totals = totalsOf(report.results);
  const same = Object.entries(totals).every(([status, count]) => Reflect.get(report.totals, status) === count);
  if (same && report.outcome === outcomeOf(report.results, report.run)) return report;
  throw tampered(file, 'has totals or an outcome that do not follow from its results');
}

function tampered(source: string, message: string): UsageError {
  return new UsageError('report-tampered', message, { where: { source }, hint: 'run the checks again' });
}
