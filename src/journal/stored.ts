import { createHash } from 'node:crypto';
import type { JournalEntry, StoredEntry } from '../model/journal-entry.ts';
import { ALIKE, isExchange, partOf, withMarks, withParts, type Alike } from '../model/stored-journal.ts';

/** A reference takes as much. */
const SHORTEST_REPEATED = 40;

/** Stores the entries of one check, each part that several have alike once, and no more than so many characters. */
export function createStore(mostCharacters: number): (entry: JournalEntry) => StoredEntry {
  const known = new Map<string, number>();
  let left = mostCharacters;
  return (entry) => {
    if (!isExchange(entry)) return entry;
    const parts = ALIKE.flatMap((alike): [Alike, unknown][] => {
      const part = partOf(entry, alike);
      if (part === undefined) return [];
      const marked = withMarks(part, entry.ids);
      if (marked.length < SHORTEST_REPEATED) return [];
      const digest = createHash('sha1').update(`${alike.side}.${alike.key} ${marked}`).digest('base64');
      const before = known.get(digest);
      if (before !== undefined) return [[alike, { sameAs: before }]];
      if (alike.key === 'body' && marked.length > left)
        return [[alike, { text: '', cut: { kept: 0, of: marked.length } }]];
      left -= marked.length;
      known.set(digest, entry.sequence);
      return [];
    });
    const isCut = parts.some(([, part]) => typeof part === 'object' && part !== null && 'cut' in part);
    return { ...withParts(entry, parts), ...(isCut ? { altered: true } : {}) };
  };
}
