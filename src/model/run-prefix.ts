import { createHash } from 'node:crypto';

/** A seed as it may stand in keys and trace ids: its own letters where it has no others, else its digest. */
function wordOf(seed: string): string {
  return /^[a-z0-9]{1,16}$/.test(seed) ? seed : createHash('sha256').update(seed).digest('hex').slice(0, 8);
}

/** What every name of a run begins with. */
export function prefixOf(seed: string): string {
  return `emcp-${wordOf(seed)}`;
}

/** Whether a text has the form of a name that a run gives, this one or another. */
export function isRunName(text: string): boolean {
  return /^emcp-[a-z0-9]{1,16}-[0-9a-f]{12}(?![0-9a-f])/.test(text);
}
