import { z } from 'zod';
import { expectations } from './expectations.ts';
import { json } from './json-schema.ts';
import { CAPABILITIES } from './probes.ts';

const text = z.string();

/** What a deployment promises and which checks prove it, after `extends` was followed. */
export const profile = z.object({
  id: text,
  title: text,
  section: text.optional(),
  expect: expectations,
  select: z.object({ sections: z.array(text).readonly(), checks: z.array(text).readonly() }),
  /** Capabilities whose absence is red. */
  require: z.array(z.enum(CAPABILITIES)).readonly(),
  /** Check id → why it does not belong here. */
  exclude: z.record(text, text),
  /** Dot keys the embedded server is started with for this profile. */
  settings: z.record(text, json),
});

export type Profile = Readonly<z.infer<typeof profile>>;
