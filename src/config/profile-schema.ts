import { z } from 'zod';
import { CAPABILITIES } from '../model/probes.ts';

const perMinute = z.union([z.int().positive(), z.literal('unlimited')], {
  error: 'a whole number above 0, or unlimited',
});
const text = z.string().min(1);
const SECTION = 'a section between quotes, such as "2.3"';

/** Every promise a profile can make (`Expectations`); each is optional in a file and inherited from what it extends. */
export const expectations = z.strictObject({
  mode: z.strictObject({ internal: z.boolean(), api: z.boolean() }).partial().optional(),
  platform: text.optional(),
  toolsetVersion: text.optional(),
  protocolVersions: z.array(text).min(1).optional(),
  rate: z.strictObject({ perMinute, globalPerMinute: perMinute }).partial().optional(),
  limits: z
    .strictObject({ payloadKb: z.int().positive(), resultBytes: z.int().positive(), resultItems: z.int().positive() })
    .partial()
    .optional(),
  dispatch: z
    .strictObject({ outcome: z.enum(['queued', 'sync', 'unavailable']), completesWithin: z.number().positive() })
    .partial()
    .optional(),
  worker: z.strictObject({ identifier: text, class: text, scope: text }).partial().optional(),
  stream: z
    .strictObject({
      server: text,
      tool: text,
      arguments: z.record(z.string(), z.unknown()),
      enabled: z.boolean(),
      heartbeatSeconds: z.number().positive(),
      maxSeconds: z.number().positive(),
    })
    .optional(),
  tools: z.array(text).min(1).optional(),
  deniedTool: text.optional(),
  deniedServer: text.optional(),
});

/** A profile as a file; see docs/architecture.md. */
export const profileFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words joined by -'),
  title: text,
  section: z.string().optional(),
  extends: text.optional(),
  expect: expectations.optional(),
  select: z
    .strictObject({
      sections: z.array(z.string(SECTION).regex(/^\d+(?:\.\d+)*$/, SECTION)),
      checks: z.array(text),
    })
    .partial()
    .optional(),
  require: z.array(z.enum(CAPABILITIES)).optional(),
  exclude: z.record(z.string(), text).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
});

export type ProfileFile = z.infer<typeof profileFile>;
