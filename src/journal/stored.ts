import { createHash } from 'node:crypto';
import type { JournalEntry, StoredEntry } from '../model/journal-entry.ts';
import type { AnsweredBy } from '../model/answered-by.ts';
import { ALIKE, isExchange, type Exchange, partOf, withMarks, withParts, type Alike } from '../model/stored-journal.ts';

/** A reference takes as much. */
const SHORTEST_REPEATED = 40;

/** Takes so many characters of what is left, or none where they are too many. */
export type TakeRoom = (characters: number) => boolean;

/** Stores the entries of one check, each part that several have alike once, as long as there is room. */
export function createStore(takeRoom: TakeRoom): (entry: JournalEntry) => StoredEntry {
  const known = new Map<string, { readonly sameAs: number }>();
  const shared = createShared();
  return (entry) => {
    if (!isExchange(entry)) return entry;
    const parts = ALIKE.flatMap((alike): [Alike, unknown][] => {
      const part = partOf(entry, alike);
      if (part === undefined) return [];
      const marked = withMarks(part, entry.ids);
      if (marked.length < SHORTEST_REPEATED) return [];
      const digest = createHash('sha1').update(`${alike.side}.${alike.key} ${marked}`).digest('base64');
      const before = known.get(digest);
      if (before !== undefined) return [[alike, before]];
      if (alike.key === 'body' && !takeRoom(marked.length))
        return [[alike, { text: '', cut: { kept: 0, of: marked.length } }]];
      known.set(digest, { sameAs: entry.sequence });
      return [];
    });
    const isCut = parts.some(([, part]) => typeof part === 'object' && part !== null && 'cut' in part);
    return shared({ ...withParts(entry, parts), ...(isCut ? { altered: true } : {}) });
  };
}

/** The same entry, whose small parts are those of an earlier one where they are equal: in memory they are there once. */
function createShared(): <Entry extends Exchange<StoredEntry>>(entry: Entry) => Entry {
  const texts = new Map<string, string>();
  const answerers = new Map<string, AnsweredBy>();
  const text = (value: string): string => {
    const before = texts.get(value);
    if (before === undefined) texts.set(value, value);
    return before ?? value;
  };
  return (entry) => {
    const { request, response } = entry;
    const asked = { ...request, method: text(request.method), url: text(request.url) };
    if (response?.answeredBy === undefined) return { ...entry, request: asked };
    const key = JSON.stringify(response.answeredBy);
    const answeredBy = answerers.get(key) ?? response.answeredBy;
    answerers.set(key, answeredBy);
    return { ...entry, request: asked, response: { ...response, answeredBy } };
  };
}
