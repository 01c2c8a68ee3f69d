import { z } from 'zod';
import { json } from './json-schema.ts';

const record = z.record(z.string(), json);

/** One request of a probe and what was got, after redaction. `sequence` counts from 1 within its check. */
export const journalEntry = z.object({
  check: z.string(),
  sequence: z.int().min(0),
  probe: z.string(),
  question: record,
  outcome: record,
  /** Milliseconds since the journal was opened. */
  at: z.number(),
  /** Milliseconds the request took. */
  ms: z.number(),
});

export type JournalEntry = Readonly<z.infer<typeof journalEntry>>;
