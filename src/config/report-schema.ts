import { z } from 'zod';
import { journalOf, report, REPORT_SCHEMA, type Report } from '../model/report.ts';
import { inOwnWords } from './schema-words.ts';
import { fromVersion1, keyInVersion1 } from './report-version-1.ts';
import { fromVersion2, keyInVersion2 } from './report-version-2.ts';

interface OlderVersion {
  readonly toNext: (value: unknown) => unknown;
  /** What a key of the next version is called in this one, so that what is wrong is named as it stands in the file. */
  readonly keyOf: (path: readonly string[]) => readonly string[];
}

/** How a report of an older version becomes one of the next; a chain, so that each knows its successor alone. */
const OLDER: Readonly<Record<string, OlderVersion>> = {
  'emcp.report/1': { toNext: fromVersion1, keyOf: keyInVersion1 },
  'emcp.report/2': { toNext: fromVersion2, keyOf: keyInVersion2 },
};

export type ReadReport =
  | { readonly kind: 'report'; readonly report: Report }
  /** Some other schema, named where it has a name. */
  | { readonly kind: 'other'; readonly schema: string | undefined }
  | { readonly kind: 'broken'; readonly key: string; readonly why: string };

const named = z.looseObject({ schema: z.string() });

/** Tells a report from what merely looks like one, and reads those of older versions. */
export function readReport(value: unknown): ReadReport {
  const schema = named.safeParse(value).data?.schema;
  const older = schema === undefined || !Object.hasOwn(OLDER, schema) ? undefined : OLDER[schema];
  if (older !== undefined) return readOlder(value, older);
  if (schema !== REPORT_SCHEMA) return { kind: 'other', schema };
  const problems: z.core.$ZodIssue[] = [];
  if (isReport(value, problems)) return withWholeJournal(value);
  const [issue] = problems;
  return { kind: 'broken', key: issue?.path.map(String).join('.') ?? '', why: issue?.message ?? 'wrong value' };
}

function readOlder(value: unknown, { toNext, keyOf }: OlderVersion): ReadReport {
  const read = readReport(toNext(value));
  return read.kind === 'broken' ? { ...read, key: keyOf(read.key.split('.')).join('.') } : read;
}

/** Refused where an entry refers to what is not there. */
function withWholeJournal(report: Report): ReadReport {
  try {
    journalOf(report);
    return { kind: 'report', report };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'broken', key: 'journal', why: error.message };
  }
}

/**
 * The value itself rather than the parsed copy: the same report gives the same bytes. Keys that a later release added are
 * let through, also where the profile that they come from would refuse them.
 */
function isReport(value: unknown, problems: z.core.$ZodIssue[]): value is Report {
  const { error } = report.safeParse(value, { error: inOwnWords });
  problems.push(...(error?.issues ?? []).filter(({ code }) => code !== 'unrecognized_keys'));
  return problems.length === 0;
}
