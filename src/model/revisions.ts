import { z } from 'zod';

const revision = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a protocol revision such as 2025-11-25');

/** Protocol revisions of MCP, which are dates, from the first to the last one meant. */
export const revisions = z
  .object({ from: revision.optional(), until: revision.optional() })
  .refine(({ from, until }) => (from ?? until) !== undefined, 'from, until, or both');

export type Revisions = Readonly<z.infer<typeof revisions>>;

export function covers({ from, until }: Revisions, version: string): boolean {
  return (from === undefined || from <= version) && (until === undefined || version <= until);
}

export function describeRevisions({ from, until }: Revisions): string {
  if (until === undefined) return `from ${from ?? ''}`;
  return from === undefined ? `up to ${until}` : `from ${from} to ${until}`;
}
