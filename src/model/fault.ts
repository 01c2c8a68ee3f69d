import { z } from 'zod';
import { checkId } from './check.ts';
import type { Expectations } from './expectations.ts';

const text = z.string().min(1);
/** `check/id:slug`. */
const names = z.array(text).min(1).readonly();

/** A way a target can be wrong; what is wrong is added by the layers of the reference server (see `defineFault`). */
export const faultMeta = z.object({
  /** Its path below `src/faults/`, without the extension. */
  id: checkId,
  title: text,
  /** What an operator would have done or met for this to happen. */
  story: text,
  /** `check/id:slug` of every observation this must turn red. */
  breaks: names,
  /** Checks (or `check/id:slug`) that rightly turn red as well. */
  alsoBreaks: z.array(text).readonly().optional(),
  /** Where the fault can be met, when a stock installation has nothing it could break. */
  world: z
    .strictObject({
      expect: z.custom<Partial<Expectations>>(isObject).exactOptional(),
      settings: z.record(z.string(), z.unknown()).exactOptional(),
      apiPath: text.exactOptional(),
    })
    .exactOptional(),
});

export type FaultMeta = Readonly<z.infer<typeof faultMeta>>;

/** A deployment that differs from a stock one: what its profile expects, and how its server is set up by dot key. */
export type World = NonNullable<FaultMeta['world']>;

/** The same in the other direction: a better runtime, or a setting an operator can change today. */
export const remedyMeta = z.object({
  id: checkId,
  title: text,
  story: text,
  /** `check/id:slug` of observations that are red on the reference server and green with this. */
  mends: names,
});

export type RemedyMeta = Readonly<z.infer<typeof remedyMeta>>;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
