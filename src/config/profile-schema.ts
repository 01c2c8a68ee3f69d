import { z } from 'zod';
import { expectations } from '../model/expectations.ts';
import { json } from '../model/json-schema.ts';
import { CAPABILITIES } from '../model/probes.ts';
import { mustBe } from './schema-words.ts';

const text = z.string().min(1);
const SECTION = 'a section between quotes, such as "2.3"';

/** Every expectation a profile can state, each optional in a file and inherited from what it extends. */
export const partialExpectations = partialGroups(expectations);

/** Groups of settings may be given in part; what is optional in the whole is given whole. */
function partialGroups(schema: typeof expectations) {
  const { mode, rate, limits, dispatch, worker } = schema.shape;
  const groups = {
    mode: mode.partial(),
    rate: rate.partial(),
    limits: limits.partial(),
    dispatch: dispatch.partial(),
    worker: worker.partial(),
  };
  return schema.extend(groups).partial();
}

/** A profile as a file; see docs/architecture.md. */
export const profileFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, mustBe('lower-case words joined by -')),
  title: text,
  section: z.string().optional(),
  extends: text.optional(),
  expect: partialExpectations.optional(),
  select: z
    .strictObject({
      sections: z.array(z.string(mustBe(SECTION)).regex(/^\d+(?:\.\d+)*$/, mustBe(SECTION))),
      checks: z.array(text),
    })
    .partial()
    .optional(),
  require: z.array(z.enum(CAPABILITIES)).optional(),
  exclude: z.record(z.string(), text).optional(),
  settings: z.record(z.string(), json).optional(),
});

export type ProfileFile = z.infer<typeof profileFile>;
