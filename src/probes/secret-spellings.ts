/** A part of a secret this long, from its beginning, is as good as the secret. */
const TELLING_PREFIX = 12;
/** Shorter pieces of base64 are in half of all texts. */
const SHORTEST_BASE64 = 6;
/** Longer patterns are more than an engine compiles. */
const LONGEST_EXACT = 300;

/** Patterns by which one character is found. */
interface Spelling {
  readonly literal: string;
  readonly escaped: readonly string[];
}

/** Patterns for a secret as a target may echo it: plain, escaped (JSON, percent, HTML), inside of base64, or cut short. */
export function spellingsOf(secret: string): readonly RegExp[] {
  const telling = plainSpellings(Array.from(secret).slice(0, TELLING_PREFIX).join('')).length;
  const inBase64 = [0, 1, 2].map((before) => base64Of(secret, before));
  return [
    patternOf(plainSpellings(secret), telling),
    ...inBase64.filter(({ length }) => length >= SHORTEST_BASE64).map((one) => patternOf(one, TELLING_PREFIX)),
  ];
}

/** A run of backslashes counts as one, as escaping changes their number. */
function plainSpellings(text: string): readonly Spelling[] {
  return Array.from(text.replaceAll(/\\+/g, '\\'), spellingOf);
}

/** The whole secret, or else its telling beginning and as many of its characters as follow. */
function patternOf(spellings: readonly Spelling[], telling: number): RegExp {
  const whole = spellings.map(({ escaped, literal }) => either([...escaped, literal]));
  const rest = spellings.slice(telling);
  // All escapes go first: a literal `%` would end the secret in the middle of `%2F`.
  const any = either([...new Set([...rest.flatMap(({ escaped }) => escaped), ...rest.map(({ literal }) => literal)])]);
  if (rest.length === 0) return new RegExp(whole.join(''), 'g');
  const long = whole.length > LONGEST_EXACT;
  const exact = `${whole.slice(0, LONGEST_EXACT).join('')}${long ? `${any}*` : ''}`;
  const cut = `${whole.slice(0, telling).join('')}${any}${long ? '*' : `{0,${rest.length}}`}`;
  return new RegExp(either([exact, cut]), 'g');
}

function either(patterns: readonly string[]): string {
  return `(?:${patterns.join('|')})`;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What does not depend on the bytes around the secret, so many of which stand before it in their group of three. */
function base64Of(secret: string, before: number): readonly Spelling[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret, 'utf8')]);
  const chars = bytes
    .toString('base64')
    .replace(/=+$/, '')
    .slice(before === 0 ? 0 : before + 1);
  const open = [1, 16, 4][bytes.length % 3] ?? 1;
  const last = BASE64.indexOf(chars.at(-1) ?? 'A');
  const ends = Array.from(BASE64.slice(last, last + open), base64Spelling);
  const literal = either(ends.map((end) => either([...end.escaped, end.literal])));
  return [...Array.from(chars.slice(0, -1), base64Spelling), { literal, escaped: [] }];
}

function base64Spelling(char: string): Spelling {
  const { literal, escaped } = spellingOf(char);
  const inUrls = { '+': '-', '/': '_' }[char];
  return { literal: inUrls === undefined ? literal : either([literal, inUrls]), escaped };
}

const NAMED: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const CONTROLS: Readonly<Record<string, string>> = { '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r' };

/** Letters and digits are escaped by nobody; the rest by some, and several times over. */
function spellingOf(char: string): Spelling {
  if (/[A-Za-z0-9]/.test(char)) return { literal: char, escaped: [] };
  const point = char.codePointAt(0) ?? 0;
  const units = Array.from({ length: char.length }, (_, index) => hex(char.charCodeAt(index), 4));
  const bytes = [...Buffer.from(char, 'utf8')].map((byte) => hex(byte, 2));
  const escaped = [
    units.map((unit) => String.raw`\\{1,8}u${unit}`).join(''),
    bytes.map((byte) => `%(?:25){0,3}${byte}`).join(''),
    `&(?:amp;){0,3}#(?:0{0,4}${point}|[xX]0{0,4}${hex(point, 1)});`,
  ];
  if (NAMED[char] !== undefined) escaped.push(`&(?:amp;){0,3}${NAMED[char]};`);
  if (CONTROLS[char] !== undefined) escaped.push(String.raw`\\{1,8}${CONTROLS[char]}`);
  if (char === ' ') escaped.push(String.raw`\+`);
  if (char === '\\') return { escaped: [`${either([...escaped, String.raw`\\`])}{1,8}`], literal: String.raw`\\` };
  return { escaped, literal: String.raw`\\{0,8}${escapePattern(char)}` };
}

/** Hexadecimal digits in either case. */
function hex(value: number, digits: number): string {
  const text = value.toString(16).padStart(digits, '0');
  return text.replaceAll(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
