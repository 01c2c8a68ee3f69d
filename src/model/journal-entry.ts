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
  at: z.number().describe('milliseconds from the opening of the target to the request'),
  ms: z.number().describe('milliseconds the request took'),
});

export type JournalEntry = Readonly<z.infer<typeof journalEntry>>;
