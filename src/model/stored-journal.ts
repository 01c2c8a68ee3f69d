import type { JournalEntry, StoredEntry } from './journal-entry.ts';
import { parseJson } from './json.ts';

export type Exchange<Entry> = Extract<Entry, { readonly kind: 'http' | 'stream' }>;

/** Where two exchanges may be alike. */
export const ALIKE = [
  { side: 'request', key: 'headers' },
  { side: 'request', key: 'body' },
  { side: 'response', key: 'headers' },
  { side: 'response', key: 'body' },
] as const;

export type Alike = (typeof ALIKE)[number];

/** Stands for the first, second … of an exchange's ids; JSON has no such character. */
const MARK = '\u0000';
/** Shorter ids are in half of all texts, and in marks. */
const SHORTEST_ID = 8;

/** The JSON of a value with marks in place of the ids that an exchange has for itself. */
export function withMarks(value: unknown, ids: readonly string[]): string {
  let marked = JSON.stringify(value);
  for (const [index, id] of ids.entries())
    if (id.length >= SHORTEST_ID && !id.includes(MARK)) marked = marked.replaceAll(id, `${MARK}${index}${MARK}`);
  return marked;
}

function withIds(marked: string, ids: readonly string[]): unknown {
  const text = marked.replaceAll(/\0(\d+)\0/g, (_mark, index: string) => ids[Number(index)] ?? '');
  const value = parseJson(text);
  if (value === undefined) throw new RangeError('an id of an entry breaks what refers to it');
  return value;
}

export function isExchange<Entry extends { readonly kind: string }>(entry: Entry): entry is Exchange<Entry> {
  return entry.kind === 'http' || entry.kind === 'stream';
}

function isReference(value: unknown): value is { readonly sameAs: number } {
  return typeof value === 'object' && value !== null && 'sameAs' in value && typeof value.sameAs === 'number';
}

export function partOf(entry: Exchange<StoredEntry>, { side, key }: Alike): unknown {
  return entry[side]?.[key];
}

/** A copy of an exchange with other values in some of its parts. */
export function withParts<Entry extends object>(entry: Entry, parts: readonly (readonly [Alike, unknown])[]): Entry {
  const changed: Record<string, object> = {};
  for (const [{ side, key }, value] of parts)
    changed[side] = { ...(changed[side] ?? Reflect.get(entry, side)), [key]: value };
  return { ...entry, ...changed };
}

/** Every entry in full; throws `RangeError` where one refers to what is not there. */
export function fullJournal(stored: readonly StoredEntry[]): readonly JournalEntry[] {
  const exchanges = new Map(stored.filter(isExchange).map((entry) => [`${entry.check} ${entry.sequence}`, entry]));
  return stored.map((entry) => {
    if (!isExchange(entry)) return entry;
    const parts = ALIKE.flatMap((alike): [Alike, unknown][] => {
      const part = partOf(entry, alike);
      if (!isReference(part)) return [];
      const original = exchanges.get(`${entry.check} ${part.sameAs}`);
      const whole = original === undefined ? undefined : partOf(original, alike);
      if (original === undefined || whole === undefined || isReference(whole))
        throw new RangeError(missing(entry, part));
      return [[alike, withIds(withMarks(whole, original.ids), entry.ids)]];
    });
    // Nothing in it refers to another entry any more.
    return withParts(entry, parts) as JournalEntry;
  });
}

function missing({ check, sequence }: StoredEntry, { sameAs }: { readonly sameAs: number }): string {
  return `entry ${sequence} of ${check} refers to entry ${sameAs}, which does not have it`;
}
