import { z } from 'zod';
import { answeredBy, answererKind } from './answered-by.ts';
import { json } from './json-schema.ts';

/** The form of every slug: lower-case words joined by `-`. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const slug = z.string().regex(SLUG, 'a slug is lower-case words joined by -');
const reason = z.string();
/** Numbers of journal entries of the same check. */
const evidence = z.array(z.int().positive()).readonly();

/**
 * One thing a check saw. A `fact` carries what was got, what was expected and the journal entries it was read from; a
 * check never says pass or fail. A slug is public, the same whether it holds or not, and may come several times, once
 * for every row of a matrix.
 */
export const observation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fact'),
    slug,
    held: z.boolean(),
    actual: json,
    expected: json,
    seen: evidence,
    /** Whose HTTP answers say something here: eMCP's alone by default. */
    by: z.array(answererKind).readonly().optional(),
    note: z.string().optional(),
  }),
  /** What the check is about is not there; not a pass. */
  z.object({ kind: z.literal('not-applicable'), slug: slug.optional(), reason }),
  /** It was tried, and what was got cannot tell; `answeredBy` is who answered in place of eMCP. */
  z.object({
    kind: z.literal('inconclusive'),
    slug: slug.optional(),
    reason,
    seen: evidence.optional(),
    answeredBy: answeredBy.optional(),
  }),
]);

export type Observation = z.infer<typeof observation>;
export type Fact = Extract<Observation, { kind: 'fact' }>;
export type Inconclusive = Extract<Observation, { kind: 'inconclusive' }>;
