import { z } from 'zod';
import { report, REPORT_SCHEMA, type Report } from '../model/report.ts';
import { fromVersion1 } from './report-version-1.ts';

/** How a report of an older version becomes one of the next; a chain, so that each knows its successor alone. */
const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  'emcp.report/1': fromVersion1,
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
  const older = schema === undefined || !Object.hasOwn(READERS, schema) ? undefined : READERS[schema];
  if (older !== undefined) return readReport(older(value));
  if (schema !== REPORT_SCHEMA) return { kind: 'other', schema };
  const problems: z.core.$ZodIssue[] = [];
  if (isReport(value, problems)) return { kind: 'report', report: value };
  const [issue] = problems;
  return { kind: 'broken', key: issue?.path.map(String).join('.') ?? '', why: issue?.message ?? 'wrong value' };
}

/** The value itself rather than the parsed copy: the same report gives the same bytes. */
function isReport(value: unknown, problems: z.core.$ZodIssue[]): value is Report {
  const parsed = report.safeParse(value);
  problems.push(...(parsed.error?.issues ?? []));
  return parsed.success;
}
