import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readReport, type ReadReport } from '../config/report-schema.ts';
import { errorCode, UsageError } from '../model/errors.ts';
import { outcomeOf, REPORT_SCHEMA, totalsOf, type Report } from '../model/report.ts';
import { journalDigest } from '../run/index.ts';
import { digest, MANIFEST, readManifest } from './manifest.ts';
import { SAVED_REPORT } from './saved-run.ts';

/** A report is some megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;

type ReadFile = (file: string) => Promise<Buffer>;

/** The report of a saved run's folder, or of a file; refused when it is not what emcp wrote. */
export async function loadReport(path: string, read: ReadFile = readCapped): Promise<Report> {
  if (!(await statOf(path)).isDirectory()) return consistent(parsed(await read(path), path), path);
  const file = join(path, SAVED_REPORT);
  return consistent(parsed(await readVerified(path, read), file), file);
}

/** The bytes of the report as they were verified: each file is read once, so nothing can change in between. */
async function readVerified(folder: string, read: ReadFile): Promise<Buffer> {
  const source = join(folder, MANIFEST);
  const sums = readManifest((await read(source)).toString('utf8'));
  let report: Buffer | undefined;
  for (const [name, sum] of sums ?? []) {
    const bytes = await read(join(folder, name));
    if (digest(bytes) !== sum) {
      throw tampered(join(folder, name), `is not what ${MANIFEST} says: changed since, or not written to its end`);
    }
    if (name === SAVED_REPORT) report = bytes;
  }
  if (report === undefined) throw tampered(source, `is no manifest of ${SAVED_REPORT}`);
  return report;
}

async function readCapped(file: string): Promise<Buffer> {
  const found = await statOf(file);
  const where = { source: file };
  if (!found.isFile()) {
    throw new UsageError('report-missing', 'is not a file', { where, hint: 'emcp check --output DIR' });
  }
  if (found.size > MOST_BYTES) {
    throw new UsageError('report-too-large', `is larger than ${MOST_BYTES / 1024 / 1024} MiB`, { where });
  }
  return readFile(file);
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown error';
    const inFolder = basename(path) === SAVED_REPORT || basename(path) === MANIFEST ? ` in ${dirname(path)}` : '';
    throw new UsageError('report-missing', `cannot be read${inFolder}: ${code}`, {
      where: { source: path },
      hint: 'emcp check --output DIR saves a run in DIR',
    });
  }
}

function parsed(bytes: Buffer, file: string): Report {
  const where = { source: file };
  const hint = 'name a report.json, or the folder of a saved run';
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
      hint: 'name a report.json, or the folder of a saved run',
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
    hint: 'name a report.json, or the folder of a saved run',
  });
}

/** Totals and outcome follow from the results, so a report in which they do not was changed. */
function consistent(report: Report, file: string): Report {
  // Reports of older versions have none.
  const isOlder = report.journalDigest === undefined && report.run.planned === undefined;
  if (!isOlder && report.journalDigest !== journalDigest(report.journal))
    throw tampered(file, 'has a journal that is not the one it was written with');
  const totals = totalsOf(report.results);
  const same = Object.entries(totals).every(([status, count]) => Reflect.get(report.totals, status) === count);
  if (same && report.outcome === outcomeOf(report.results, report.run)) return report;
  throw tampered(file, 'has totals or an outcome that do not follow from its results');
}

function tampered(source: string, message: string): UsageError {
  return new UsageError('report-tampered', message, { where: { source }, hint: 'run the checks again' });
}
