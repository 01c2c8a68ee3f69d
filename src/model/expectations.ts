import { z } from 'zod';
import { json } from './json-schema.ts';

const text = z.string().min(1);
const perMinute = z.union([z.int().positive(), z.literal('unlimited')]);

/** What a profile promises of a target; checks compare against this and nothing else that is configurable. */
export const expectations = z.strictObject({
  mode: z.strictObject({ internal: z.boolean(), api: z.boolean() }),
  platform: text,
  toolsetVersion: text,
  /** Newest first, as the server lists them. */
  protocolVersions: z.array(text).min(1).readonly(),
  rate: z.strictObject({
    /** Requests a minute for a bucket of the first server handle. */
    perMinute,
    /** The global limit, seen on a handle nobody registered. */
    globalPerMinute: perMinute,
  }),
  limits: z.strictObject({
    /** KiB a request body may have on the first server handle. */
    payloadKb: z.int().positive(),
    resultBytes: z.int().positive(),
    resultItems: z.int().positive(),
  }),
  dispatch: z.strictObject({
    /** What an accepted dispatch looks like: queued 202, run inline 200, or refused 503. */
    outcome: z.enum(['queued', 'sync', 'unavailable']),
    completesWithin: z.number().positive().describe('seconds a queued task may take to reach a terminal state'),
  }),
  worker: z.strictObject({ identifier: text, class: text, scope: text }),
  /** Given as a whole, or not at all: no shipped tool streams. */
  stream: z
    .strictObject({
      server: text,
      tool: text,
      arguments: z.record(z.string(), json),
      enabled: z.boolean(),
      heartbeatSeconds: z.number().positive(),
      maxSeconds: z.number().positive(),
    })
    .optional(),
  /** Names of tools that must be listed. */
  tools: z.array(text).min(1).readonly(),
  /** A policy that must refuse: glob or name of a tool no deployment allows. */
  deniedTool: text,
  /** A handle that the allow list keeps out, where there is one. */
  deniedServer: text.optional(),
});

export type Expectations = Readonly<z.infer<typeof expectations>>;
