import { INVISIBLE, SEQUENCES } from '../model/unprintable.ts';
import { readBackslash, readBase64, readEntity, readHex, readPercent, wholly, type Piece } from './decoders.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A text as it reads, with escapes and what nobody sees taken off, base64 read or its lines joined without a space, and
 * where in the original its characters stand.
 */
export interface View {
  readonly text: string;
  readonly lines: 'kept' | 'joined';
  /** What a part of it that is not empty was made of. */
  readonly origin: (part: Range) => Range;
}

/** More layers than anything is escaped in by accident. */
const MOST_LAYERS = 12;

const LINE_END = /[\r\n\u0085\u2028\u2029]/;
/** Shorter runs are words, and hold no part of a secret that tells it. */
const BASE64_RUN = /(?<![A-Za-z\d+/_-])[A-Za-z\d+/_-]{16,}={0,2}/u;
/** Twelve bytes, which tell a secret. */
const HEX_RUN = /(?<![\dA-Fa-f])[\dA-Fa-f]{24,}/;
const SPACES = /[\s\u0085]+/g;
const ENTITY = /&(?:#\d{1,40}|#[xX][\dA-Fa-f]{1,40}|[A-Za-z]{2,14});?/gu;
const BACKSLASHED = /\\(?:[ux]\{[\dA-Fa-f]{1,40}\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[0-3][0-7]{2}|[^])/gu;
const PERCENTS = /(?:%[\dA-Fa-f]{2})+|%u[\dA-Fa-f]{4}/gu;
const OTHERWISE = anyOf(/[&\\%]/, LINE_END, INVISIBLE);

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'gu');
}

/** The text itself and each layer that comes off it, with its lines as they are and joined. Linear in its size. */
export function viewsOf(text: string): readonly View[] {
  const whole: View = { text, lines: 'kept', origin: (part) => part };
  if (!mayReadOtherwise(text)) return [whole];
  const seen = new Set([text]);
  return layersOf(whole, { most: MOST_LAYERS, seen }).flatMap((layer, depth) => {
    const joined = LINE_END.test(layer.text) ? rewrite({ ...layer, lines: 'joined' }, 'spaces') : undefined;
    if (joined === undefined || seen.has(joined.text)) return [layer];
    seen.add(joined.text);
    return [layer, ...layersOf(joined, { most: MOST_LAYERS - depth, seen })];
  });
}

interface Depth {
  readonly most: number;
  /** What was read already, and reads the same again. */
  readonly seen: Set<string>;
}

/** The view itself, and one for each layer that comes off it. */
function layersOf(view: View, { most, seen }: Depth): readonly View[] {
  const below = (upper: View): View | undefined => {
    for (const what of OUTERMOST_FIRST) {
      const lower = rewrite(upper, what);
      if (lower !== undefined) return lower;
    }
    return undefined;
  };
  const layers = [view];
  for (let layer = below(view); layer !== undefined; layer = below(layer)) {
    if (seen.has(layer.text) || layers.length > most) break;
    seen.add(layer.text);
    layers.push(layer);
  }
  return layers;
}

/** Quickly, and `false` only for a text that is its one view. */
export function mayReadOtherwise(text: string): boolean {
  return text.search(OTHERWISE) !== -1 || HEX_RUN.test(text) || (/[A-Z]/.test(text) && BASE64_RUN.test(text));
}

const REWRITES = {
  spaces: { pattern: SPACES, read: (spaces: string) => wholly(spaces, '') },
  unseen: { pattern: anyOf(SEQUENCES, INVISIBLE), read: (signs: string) => wholly(signs, '') },
  entities: { pattern: ENTITY, read: (entity: string) => wholly(entity, readEntity(entity)) },
  backslashes: { pattern: BACKSLASHED, read: (escape: string) => wholly(escape, readBackslash(escape)) },
  percents: { pattern: PERCENTS, read: readPercent },
  hex: { pattern: new RegExp(HEX_RUN.source, 'g'), read: readHex },
  base64: { pattern: new RegExp(BASE64_RUN.source, 'g'), read: readBase64 },
} as const;

/**
 * One kind at a time, so that a secret's own escapes are read as they are where it stands alone: HTML leaves the
 * signs of the others bare and JSON those of a URL; what nobody sees may divide an escape, and an escape base64.
 */
const OUTERMOST_FIRST = ['unseen', 'entities', 'backslashes', 'percents', 'hex', 'base64'] as const;

/** `undefined` where there is nothing to rewrite. */
function rewrite(parent: View, what: keyof typeof REWRITES): View | undefined {
  const { pattern, read } = REWRITES[what];
  const parts: string[] = [];
  const segments = createSegments();
  let done = 0;
  const copyTo = (end: number): void => {
    const text = parent.text.slice(done, end);
    segments.add({ length: text.length, text, units: text.length });
    parts.push(text);
    done = end;
  };
  for (const { 0: match, index } of parent.text.matchAll(pattern)) {
    const pieces = read(match);
    if (pieces === undefined) continue;
    copyTo(index);
    for (const piece of pieces) {
      segments.add(piece);
      parts.push(piece.text);
    }
    done = index + match.length;
  }
  if (done === 0) return undefined;
  copyTo(parent.text.length);
  return { text: parts.join(''), lines: parent.lines, origin: (part) => parent.origin(segments.origin(part)) };
}

/** From `start` on, so many characters at a time were made of so many from `origin` on. */
interface Segment {
  readonly start: number;
  readonly origin: number;
  readonly made: number;
  readonly of: number;
}

/** Which part of a text a part of its rewritten form was made of. */
function createSegments() {
  const segments: Segment[] = [];
  let start = 0;
  let origin = 0;
  let last: Segment | undefined;
  const segmentOf = (index: number): Segment | undefined => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((segments[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return segments[low];
  };
  const place = (index: number): Range => {
    const segment = segmentOf(index) ?? { start: 0, origin: 0, made: 1, of: 1 };
    const from = segment.origin + Math.floor((index - segment.start) / segment.made) * segment.of;
    return { start: from, end: from + segment.of };
  };
  return {
    add({ length, text, units = 1 }: Piece): void {
      if (text === '') last = undefined;
      else {
        const [made, of] = [text.length / units, length / units];
        if (last?.made !== made || last.of !== of) {
          last = { start, origin, made, of };
          segments.push(last);
        }
      }
      // What is left out lies between two segments.
      start += text.length;
      origin += length;
    },
    origin: (part: Range): Range => ({ start: place(part.start).start, end: place(part.end - 1).end }),
  };
}
