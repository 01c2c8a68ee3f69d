import { z } from 'zod';
import { CAPABILITIES } from '../model/probes.ts';
import { REPORT_SCHEMA, type Report } from '../model/report.ts';

const text = z.string();
const count = z.int().min(0);
const json = z.json();
const statuses = ['pass', 'fail', 'warn', 'blocked', 'error', 'skip'] as const;
const capability = z.enum(CAPABILITIES);

const check = z.looseObject({
  id: z.string().regex(/^[\w.-]+(?:\/[\w.-]+)*$/),
  title: text,
  proves: text,
  remedy: text,
  section: text,
  cites: z.array(text),
  severity: z.enum(['must', 'should']),
  impact: z.enum(['read', 'write', 'load']),
  needs: z.array(capability),
});

const observation = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('fact'),
    slug: text,
    held: z.boolean(),
    actual: json,
    expected: json,
    seen: z.array(count),
    note: text.optional(),
  }),
  z.looseObject({ kind: z.literal('not-applicable'), reason: text }),
  z.looseObject({ kind: z.literal('inconclusive'), reason: text }),
]);

const result = z.looseObject({
  check,
  status: z.enum(statuses),
  reason: text.optional(),
  because: text.optional(),
  lacking: z.boolean().optional(),
  observations: z.array(observation),
  stack: text.optional(),
  startedMs: z.number(),
  durationMs: z.number(),
});

const entry = z.looseObject({
  check: text,
  sequence: count,
  probe: text,
  question: z.record(text, json),
  outcome: z.record(text, json),
  at: z.number(),
  ms: z.number(),
});

const bucket = z.looseObject({
  route: z.enum(['mcp', 'manager']),
  method: text,
  planned: count,
  limit: z.union([count, z.literal('unlimited')]),
});

const target = z.looseObject({
  kind: z.enum(['embedded', 'remote', 'replay']),
  label: text,
  url: text.optional(),
  apiPath: text,
  managerPath: text,
  servers: z.array(text),
  insecure: z.boolean(),
  production: z.boolean(),
  isolated: z.boolean(),
  realTime: z.boolean(),
  sharedIdentities: z.array(z.enum(['mcp', 'manager'])),
  offers: z.partialRecord(capability, z.looseObject({ offered: z.boolean(), because: text })),
});

/** A report as it is kept. Keys that a later version of emcp added are let through. */
export const reportSchema = z.looseObject({
  schema: z.literal(REPORT_SCHEMA),
  tool: z.looseObject({ name: z.literal('emcp'), version: text, node: text }),
  run: z.looseObject({
    id: text,
    seed: text,
    startedAt: z.iso.datetime({ offset: true }),
    durationMs: z.number(),
    strict: z.boolean(),
    interrupted: z.enum(['SIGHUP', 'SIGINT', 'SIGTERM']).nullable(),
  }),
  target,
  runtime: z.looseObject({
    platform: text.nullable(),
    platformVersion: text.nullable(),
    toolsetVersion: text.nullable(),
  }),
  profile: z.looseObject({ id: text, title: text, expect: z.looseObject({}) }),
  plan: z.looseObject({
    buckets: z.array(bucket),
    windows: z.number(),
    excluded: z.array(z.looseObject({ check: text, kind: text, reason: text })),
  }),
  results: z.array(result),
  totals: z.record(z.enum(statuses), count),
  outcome: z.enum(['ok', 'failed', 'blocked', 'bug', 'interrupted']),
  journal: z.array(entry),
});

export type ReadReport =
  | { readonly kind: 'report'; readonly report: Report }
  /** Some other schema, named where it has a name. */
  | { readonly kind: 'other'; readonly schema: string | undefined }
  | { readonly kind: 'broken'; readonly key: string; readonly why: string };

/** Tells a report from what merely looks like one. */
export function readReport(value: unknown): ReadReport {
  const named = z.looseObject({ schema: text }).safeParse(value);
  if (named.data?.schema !== REPORT_SCHEMA) return { kind: 'other', schema: named.data?.schema };
  const parsed = reportSchema.safeParse(value);
  // Not the parsed copy: its keys are in another order, and the same report gives the same bytes.
  if (parsed.success) return { kind: 'report', report: value as Report };
  const [issue] = parsed.error.issues;
  return { kind: 'broken', key: issue?.path.map(String).join('.') ?? '', why: issue?.message ?? 'wrong value' };
}
