export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text as it reads, with escapes taken off or its lines joined without a space, and where in the original its characters stand. */
export interface View {
  readonly text: string;
  readonly lines: 'kept' | 'joined';
  /** What a part of it that is not empty was made of. */
  readonly origin: (part: Range) => Range;
}

/** More layers than anything is escaped in by accident. */
const MOST_LAYERS = 5;

/** The text itself and each layer of escapes that comes off it, with its lines as they are and joined. Linear in its size. */
export function viewsOf(text: string): readonly View[] {
  const views: View[] = [];
  let layer: View | undefined = { text, lines: 'kept', origin: (part) => part };
  if (!mayReadOtherwise(text)) return [layer];
  for (let count = 0; layer !== undefined && count <= MOST_LAYERS; count += 1) {
    const joined = /[\r\n]/.test(layer.text) ? rewrite(layer, 'joined') : undefined;
    views.push(layer, ...(joined === undefined ? [] : [joined]));
    layer = rewrite(layer, 'kept');
  }
  return views;
}

/** Quickly, and `false` only for a text that is its one view. */
export function mayReadOtherwise(text: string): boolean {
  return /[&\\%\r\n]/.test(text);
}

/** So many characters, and what they read as. */
interface Piece {
  readonly length: number;
  readonly text: string;
}

const SPACES = /\s+/g;
const ESCAPES =
  /&(?:#\d{1,10}|#[xX][\dA-Fa-f]{1,8}|[A-Za-z]{2,8});?|\\(?:u\{[\dA-Fa-f]{1,6}\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[^])|(?:%[\dA-Fa-f]{2})+/g;

const REWRITES = {
  joined: { pattern: SPACES, read: (spaces: string): readonly Piece[] => [{ length: spaces.length, text: '' }] },
  kept: { pattern: ESCAPES, read: readEscape },
} as const;

/** `undefined` where there is nothing to rewrite. */
function rewrite(parent: View, lines: View['lines']): View | undefined {
  const { pattern, read } = REWRITES[lines];
  const parts: string[] = [];
  const segments = createSegments();
  let done = 0;
  const copyTo = (end: number): void => {
    if (end > done) segments.add({ length: end - done, text: parent.text.slice(done, end) }, true);
    parts.push(parent.text.slice(done, end));
    done = end;
  };
  for (const { 0: match, index } of parent.text.matchAll(pattern)) {
    const pieces = read(match);
    if (pieces === undefined) continue;
    copyTo(index);
    for (const piece of pieces) {
      segments.add(piece, false);
      parts.push(piece.text);
    }
    done = index + match.length;
  }
  if (done === 0) return undefined;
  copyTo(parent.text.length);
  return { text: parts.join(''), lines, origin: (part) => parent.origin(segments.origin(part)) };
}

/** Which part of a text a part of its rewritten form was made of. */
function createSegments() {
  const starts: number[] = [];
  const origins: number[] = [];
  const lengths: number[] = [];
  const copied: boolean[] = [];
  let at = 0;
  let from = 0;
  const segmentOf = (index: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const place = (index: number): Range => {
    const segment = segmentOf(index);
    const start = origins[segment] ?? 0;
    if (copied[segment] !== true) return { start, end: start + (lengths[segment] ?? 0) };
    const exact = start + index - (starts[segment] ?? 0);
    return { start: exact, end: exact + 1 };
  };
  return {
    add({ length, text }: Piece, isCopied: boolean): void {
      if (text !== '') {
        starts.push(at);
        origins.push(from);
        lengths.push(length);
        copied.push(isCopied);
      }
      at += text.length;
      from += length;
    },
    origin: ({ start, end }: Range): Range => ({ start: place(start).start, end: place(end - 1).end }),
  };
}

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** Names of the ASCII characters that HTML has names for. */
const ENTITIES: Readonly<Record<string, string>> = {
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  quot: '"',
  num: '#',
  dollar: '$',
  percnt: '%',
  amp: '&',
  AMP: '&',
  apos: "'",
  lpar: '(',
  rpar: ')',
  ast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  lt: '<',
  LT: '<',
  equals: '=',
  gt: '>',
  GT: '>',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  Hat: '^',
  lowbar: '_',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  rbrace: '}',
};

function readEscape(match: string): readonly Piece[] | undefined {
  if (match.startsWith('%')) return readPercent(match);
  const text = match.startsWith('&') ? readEntity(match) : readBackslash(match);
  return text === undefined ? undefined : [{ length: match.length, text }];
}

function readEntity(match: string): string | undefined {
  const name = match.replace(/^&/, '').replace(/;$/, '');
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  return characterOf(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

function readBackslash(match: string): string | undefined {
  const [, char = '', ...digits] = match;
  if (digits.length > 0) return characterOf(Number.parseInt(digits.join('').replace('{', ''), 16));
  return CONTROLS[char] ?? char;
}

function characterOf(code: number): string | undefined {
  if (code > 0x10_ff_ff) return undefined;
  return code > 0xff_ff ? String.fromCodePoint(code) : String.fromCharCode(code);
}

/** UTF-8, or else one character a byte. */
function readPercent(match: string): readonly Piece[] {
  const bytes = Buffer.from(match.replaceAll('%', ''), 'hex');
  const text = bytes.toString('utf8');
  if (text.includes('\uFFFD')) return Array.from(bytes.toString('latin1'), (char) => ({ length: 3, text: char }));
  return Array.from(text, (char) => ({ length: 3 * Buffer.byteLength(char), text: char }));
}
