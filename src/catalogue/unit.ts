import { z } from 'zod';
import { checkMeta, type AnyCheck, type Applicability, type Requests } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import type { Capability } from '../model/probes.ts';
import { faultMeta, remedyMeta, type FaultMeta, type RemedyMeta } from '../model/fault.ts';

/** A unit's metadata, and its module when it is needed. */
export interface Unit<Meta, Whole> {
  readonly meta: Meta;
  readonly load: () => Promise<Whole>;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

const requests = z.union([
  z.record(z.string(), z.int().nonnegative()),
  z.custom<Extract<Requests, (...args: never) => unknown>>(isFunction),
]);

/** What asks without booting the runtime, which repairs the row of the worker. */
const BEFORE_ANY_REQUEST: readonly Capability[] = ['database', 'config', 'workspace'];

/** A check as its module exports it: its metadata, what it declares and what it does. */
const check = checkMeta.extend({
  requests,
  otherRequests: requests.optional(),
  applies: z
    .object({ when: z.string().min(1), test: z.custom<Applicability['test']>(isFunction, 'a function') })
    .optional(),
  run: z.custom<AnyCheck['run']>(isFunction, 'an async generator function'),
});

export function readCheck(value: unknown, file: string): AnyCheck {
  const read = parse(check, value, file);
  if (read.first) refuseFirst(read, file);
  return read;
}

/** What any other check comes after sends nothing, and asks nobody who would. */
function refuseFirst({ needs, optional = [], requests: own, otherRequests = {} }: AnyCheck, file: string): void {
  const asks = [...needs, ...optional].find((name) => !BEFORE_ANY_REQUEST.includes(name));
  const sends = [own, otherRequests].some(
    (given) => Object.values(given).some((count) => count > 0) || isFunction(given),
  );
  if (asks === undefined && !sends) return;
  throw new UsageError(
    'malformed-unit',
    `a check that is first ${asks === undefined ? 'sends nothing' : `does not ask ${asks}`}`,
    {
      where: { source: file, key: 'first' },
      hint: `leave first out, or need nothing but ${BEFORE_ANY_REQUEST.join(', ')}, with requests: {}`,
    },
  );
}

export function readFault(value: unknown, file: string): FaultMeta {
  return parse(faultMeta.loose(), value, file);
}

export function readRemedy(value: unknown, file: string): RemedyMeta {
  return parse(remedyMeta.loose(), value, file);
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

/** What a unit says of itself, without its functions: what `list` and `plan` know before any module is loaded. */
export const UNIT_META = { checks: checkMeta, faults: faultMeta, remedies: remedyMeta } as const;
