/** So many characters, and what they read as; `units` of them alike, where they are no single one. */
export interface Piece {
  readonly length: number;
  readonly text: string;
  readonly units?: number;
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
  UnderBar: '_',
  shy: '\u00AD',
  zwj: '\u200D',
  zwnj: '\u200C',
  NoBreak: '\u2060',
  nbsp: '\u00A0',
  hyphen: '\u2010',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  rbrace: '}',
};

export function wholly(match: string, text: string | undefined): readonly Piece[] | undefined {
  return text === undefined ? undefined : [{ length: match.length, text }];
}

export function readEntity(match: string): string | undefined {
  const name = match.replace(/^&/, '').replace(/;$/, '');
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  return characterOf(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

export function readBackslash(match: string): string | undefined {
  if (/^\\\d{3}$/.test(match)) return characterOf(Number.parseInt(match.slice(1), 8));
  const [, char = '', ...digits] = match;
  if (digits.length > 0) return characterOf(Number.parseInt(digits.join('').replace('{', ''), 16));
  return CONTROLS[char] ?? char;
}

function characterOf(code: number): string | undefined {
  if (code > 0x10_ff_ff) return undefined;
  return code > 0xff_ff ? String.fromCodePoint(code) : String.fromCharCode(code);
}

/** UTF-8 where it is, and else one character a byte. */
export function readPercent(match: string): readonly Piece[] | undefined {
  // As `escape` of JavaScript wrote it.
  if (match.startsWith('%u')) return wholly(match, characterOf(Number.parseInt(match.slice(2), 16)));
  return readBytes(Buffer.from(match.replaceAll('%', ''), 'hex'), 3);
}

/** A text in hexadecimal, from whichever of its first two signs it begins; `undefined` where it is a number or a digest. */
export function readHex(match: string): readonly Piece[] | undefined {
  for (const before of [0, 1]) {
    const length = 2 * Math.floor((match.length - before) / 2);
    const bytes = Buffer.from(match.slice(before, before + length), 'hex');
    if (!isMostlyText(bytes.toString('utf8'))) continue;
    const [start, end] = [match.slice(0, before), match.slice(before + length)];
    return [asItIs(start), readBytes(bytes, 2), asItIs(end)].flat();
  }
  return undefined;
}

function asItIs(text: string): readonly Piece[] {
  return text === '' ? [] : [{ length: text.length, text, units: text.length }];
}

/** UTF-8 where it is, and else one character a byte, each byte of which took so many signs. */
function readBytes(bytes: Buffer, signs: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizeOfCharacter(bytes[at] ?? 0);
    const text = bytes.toString('utf8', at, at + size);
    const isValid = size > 1 && at + size <= bytes.length && !text.includes('\uFFFD');
    const read = isValid ? size : 1;
    pieces.push({ length: signs * read, text: isValid ? text : bytes.toString('latin1', at, at + 1) });
    at += read;
  }
  return pieces;
}

/** Of one that begins with this byte of UTF-8. */
function sizeOfCharacter(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

/** A text in base64 or base64url, from whichever of its first signs it begins; `undefined` where it is another word. */
export function readBase64(match: string): readonly Piece[] | undefined {
  if (!/[A-Z]/.test(match)) return undefined;
  for (const before of [0, 1, 2, 3]) {
    const text = Buffer.from(match.slice(before), 'base64').toString('utf8');
    if (!isMostlyText(text)) continue;
    const own = { length: match.length - before, text };
    return before === 0 ? [own] : [{ length: before, text: match.slice(0, before) }, own];
  }
  return undefined;
}

/** Some of it may be of another encoding, or cut. */
function isMostlyText(text: string): boolean {
  const others = text.match(/\uFFFD|[^\P{Cc}\n\r\t]/gu)?.length ?? 0;
  return text !== '' && others * 8 <= text.length;
}
