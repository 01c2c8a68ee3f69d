import { z } from 'zod';
import { answeredBy, type AnsweredBy } from './answered-by.ts';
import { json } from './json-schema.ts';

const text = z.string();
const count = z.int().min(0);
const optionalText = text.optional();

/** A text as it is kept: whole, or its beginning with how many of its characters that are. */
export const keptText = z.union([text, z.object({ text, cut: z.object({ kept: count, of: count }) })]);
export type KeptText = z.infer<typeof keptText>;

/** Names and values as they came, in order, duplicates kept. */
const headerList = z.array(z.tuple([text, text])).readonly();

/** What an earlier request of the check had alike, but for the ids of the two. */
const sameAs = z.object({ sameAs: count });

const base = z.object({
  check: text,
  sequence: count.describe('counts from 1 within the check, in the order of the requests'),
  completed: count.optional().describe('the same by the end of the requests, where that differs'),
  at: z.number().describe('milliseconds from the opening of the target to the request'),
  ms: z.number().describe('milliseconds the request took'),
  altered: z
    .literal(true)
    .optional()
    .describe('something was taken out before it was kept: a secret, or what was too long'),
});

/** Why there is no response. */
const failure = z.object({
  /** `stopped`: the check was over before the response; `error`: an internal error. */
  name: z.enum(['unreachable', 'blocked', 'stopped', 'error']),
  /** As `UnreachableKind` names it, or the name of an error. */
  kind: optionalText,
  message: text,
  /** What to type next, where that is known. */
  next: optionalText,
  /** Of an internal error. */
  stack: optionalText,
});
export type Failure = z.infer<typeof failure>;

/** Request and response of HTTP, with bodies and headers as they are, or as they are stored. */
function exchangeSchemas<Text extends z.ZodType, Named extends z.ZodType, Listed extends z.ZodType>(
  body: Text,
  named: Named,
  listed: Listed,
) {
  const request = z.object({
    method: text,
    url: text,
    headers: named,
    /** What the credential that goes along is called. */
    bearer: optionalText,
    session: optionalText,
    body: body.optional(),
    bytes: count.optional(),
  });
  const response = z.object({
    status: z.int(),
    /** Absent only where a report of an older version did not keep it. */
    answeredBy: answeredBy.optional(),
    headers: listed,
    body,
    /** Why the body was not read as JSON, where it was not. */
    notJson: optionalText,
    bytes: count,
    firstByteMs: z.number(),
    totalMs: z.number(),
    /** The request went out a second time, as the connection was closed under it. */
    resent: z.literal(true).optional(),
  });
  const ofHttp = z.object({
    ...base.shape,
    kind: z.literal('http'),
    probe: z.enum(['mcp', 'manager']),
    /** Trace id, request id and id of the message, as far as they are there. */
    ids: z.array(text).readonly(),
    request,
    response: response.optional(),
    failure: failure.optional(),
  });
  const ofStream = z.object({
    ...base.shape,
    kind: z.literal('stream'),
    ids: z.array(text).readonly(),
    request: request.extend({ limitSeconds: z.number(), stopAfterFrames: count.optional() }),
    response: response.extend(streamed.shape).optional(),
    failure: failure.optional(),
  });
  return [ofHttp, ofStream] as const;
}

const cut = z.object({ kept: count, of: count }).optional();

/** What is particular to a response that was watched as a stream. */
const streamed = z.object({
  frames: z
    .array(
      z.object({
        kind: z.enum(['event', 'comment', 'retry', 'malformed']),
        data: keptText,
        event: optionalText,
        id: optionalText,
        atMs: z.number(),
        offset: count,
      }),
    )
    .readonly(),
  framesCut: cut,
  chunks: z
    .array(z.tuple([z.number(), count]))
    .readonly()
    .describe('arrival in milliseconds, and bytes'),
  chunksCut: cut,
  ended: z.enum(['closed', 'limit-seconds', 'limit-bytes', 'limit-line', 'limit-events', 'cut', 'cancelled']),
  unfinished: z.boolean(),
  durationMs: z.number(),
  diagnosis: text,
});

/** Streams that the embedded server still produces. */
const openStreams = z.object({
  ...base.shape,
  kind: z.literal('open-streams'),
  request: z.object({ withinMs: z.number() }),
  response: z.object({ streams: count }).optional(),
  failure: failure.optional(),
});

/** The token endpoint; of its response only what says nothing of the token. */
const login = z.object({
  ...base.shape,
  kind: z.literal('login'),
  request: z.object({ method: text, url: text, user: text }),
  response: z
    .object({
      status: z.int(),
      answeredBy: answeredBy.optional(),
      bytes: count,
      token: z.object({ subject: optionalText, scopes: z.array(text).readonly().optional() }).optional(),
    })
    .optional(),
  failure: failure.optional(),
});

const command = z.object({
  ...base.shape,
  kind: z.literal('command'),
  probe: z.enum(['artisan', 'worker']),
  request: z.object({ program: z.array(text).readonly(), args: z.array(text).readonly(), where: optionalText }),
  response: z
    .object({
      exit: z.int().nullable(),
      signal: text.nullable(),
      stdout: keptText,
      stderr: keptText,
      durationMs: z.number(),
      endedAtDeadline: z.literal(true).optional(),
    })
    .optional(),
  failure: failure.optional(),
});

const file = z.object({
  ...base.shape,
  kind: z.literal('file'),
  probe: z.enum(['config', 'workspace']),
  request: z.object({ file: text, where: optionalText }),
  response: z
    .union([
      z.object({ missing: z.literal(true) }),
      z.object({ text: keptText }),
      z.object({ values: z.record(text, json), unreadable: z.array(text).readonly(), missing: z.boolean().optional() }),
    ])
    .optional(),
  failure: failure.optional(),
});

const nullableText = text.nullable();
const nullableCount = z.int().nullable();

const workerRow = z.object({ identifier: text, scope: text, class: text, active: z.boolean() });
const taskRow = z.object({
  id: z.int(),
  identifier: text,
  action: text,
  status: z.int(),
  message: nullableText,
  attempts: z.int(),
  progress: z.int(),
  traceId: nullableText,
  idempotencyKey: nullableText,
  startedBy: nullableCount,
  inner: z.object({ httpStatus: nullableCount, errorCode: nullableCount }),
  hasFinishedAt: z.boolean(),
});

const database = z.object({
  ...base.shape,
  kind: z.literal('database'),
  request: z.object({ ask: text, of: z.union([text, z.number()]), prefix: text }),
  response: z
    .union([
      z.object({ worker: workerRow.nullable() }),
      z.object({ missing: z.literal('s_workers') }),
      z.object({ tasks: z.array(taskRow).readonly() }),
    ])
    .optional(),
  failure: failure.optional(),
});

/** A credential that was given to emcp: what can be read of it, never its value. */
const credential = z.object({
  ...base.shape,
  kind: z.literal('credential'),
  request: z.object({ label: text }),
  response: z
    .object({
      subject: optionalText,
      scopes: z.array(text).readonly().optional(),
      expiresSeconds: z.number().optional(),
    })
    .optional(),
  failure: failure.optional(),
});

const clock = z.object({
  ...base.shape,
  kind: z.literal('clock'),
  request: z.union([z.object({ read: z.enum(['now', 'monotonic']) }), z.object({ waitMs: z.number() })]),
  response: z.object({ valueMs: z.number() }).optional(),
  failure: failure.optional(),
});

const OTHERS = [openStreams, login, command, file, database, credential, clock] as const;

/**
 * One request of a check, or one reading of its clock, and what came of it, after redaction: either a response or the
 * failure in its place. What is in it suffices to judge again; the codecs of `probes/` write it and read it.
 */
export const journalEntry = z.discriminatedUnion('kind', [
  ...exchangeSchemas(keptText, z.record(text, text), headerList),
  ...OTHERS,
]);

/** The same as it is stored: what is alike in several exchanges of a check is there once. */
export const storedEntry = z.discriminatedUnion('kind', [
  ...exchangeSchemas(
    z.union([keptText, sameAs]),
    z.union([sameAs, z.record(text, text)]),
    z.union([headerList, sameAs]),
  ),
  ...OTHERS,
]);

export type StoredEntry = Readonly<z.infer<typeof storedEntry>>;
export type JournalEntry = Readonly<z.infer<typeof journalEntry>>;
export type EntryKind = JournalEntry['kind'];
export type EntryOf<Kind extends EntryKind> = Extract<JournalEntry, { readonly kind: Kind }>;
export type RequestOf<Kind extends EntryKind> = EntryOf<Kind>['request'];
export type ResponseOf<Kind extends EntryKind> = NonNullable<EntryOf<Kind>['response']>;

/** What is kept of a text, without whether that is all of it. */
export function textOf(kept: KeptText): string {
  return typeof kept === 'string' ? kept : kept.text;
}

export function isCut(kept: KeptText): boolean {
  return typeof kept !== 'string';
}

/** Who gave an HTTP answer. */
export function answererOf(entry: StoredEntry): AnsweredBy | undefined {
  return 'response' in entry && entry.response !== undefined && 'answeredBy' in entry.response
    ? entry.response.answeredBy
    : undefined;
}
