import { z } from 'zod';
import type { AnyCheck } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import type { FaultMeta, RemedyMeta } from '../model/fault.ts';
import { CAPABILITIES } from '../model/probes.ts';

/** A unit's metadata, and its module when somebody needs it. */
export interface Unit<Meta, Whole> {
  readonly meta: Meta;
  readonly load: () => Promise<Whole>;
}

const ID = /^[a-z0-9-]+(?:\/[a-z0-9-]+)+$/;
const text = z.string().min(1);
const id = z.string().regex(ID, 'lower-case words joined by - and /');

const check = z.looseObject({
  id,
  title: text,
  proves: text,
  remedy: text,
  section: z.string().regex(/^\d+(?:\.\d+)*$/, 'a runbook section such as 2.3'),
  cites: z.array(text).min(1),
  severity: z.enum(['must', 'should']),
  impact: z.enum(['read', 'write', 'load']),
  needs: z.array(z.enum(CAPABILITIES)),
  optional: z.array(z.enum(CAPABILITIES)).optional(),
  after: z.array(id).optional(),
  guards: z.array(z.enum(CAPABILITIES)).optional(),
  first: z.literal(true).optional(),
  waits: z.number().positive().optional(),
  timeLimit: z.number().positive().optional(),
  requests: z.union([
    z.record(z.string(), z.number().int().nonnegative()),
    z.custom((value) => typeof value === 'function'),
  ]),
  run: z.custom((value) => typeof value === 'function', 'an async generator function'),
});

const fault = z.looseObject({
  id,
  title: text,
  story: text,
  breaks: z.array(text).min(1),
  alsoBreaks: z.array(text).optional(),
  world: z
    .strictObject({
      expect: z.record(z.string(), z.unknown()),
      settings: z.record(z.string(), z.unknown()),
      apiPath: text,
    })
    .partial()
    .optional(),
});
const remedy = z.looseObject({ id, title: text, story: text, mends: z.array(text).min(1) });

export function readCheck(value: unknown, file: string): AnyCheck {
  return parse(check, value, file) as unknown as AnyCheck;
}

export function readFault(value: unknown, file: string): FaultMeta {
  return parse(fault, value, file) as unknown as FaultMeta;
}

export function readRemedy(value: unknown, file: string): RemedyMeta {
  return parse(remedy, value, file);
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, file: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = issue?.path.join('.') ?? '';
  throw new UsageError('malformed-unit', `${file}: ${key || 'default export'}: ${issue?.message ?? 'malformed'}`, {
    where: { source: file, key },
    hint: 'see CONTRIBUTING.md for the anatomy of a check',
  });
}
