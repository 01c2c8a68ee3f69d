import { Float, type PhpValue } from './value.ts';

export type Parsed =
  | { readonly kind: 'value'; readonly value: PhpValue }
  | { readonly kind: 'invalid'; readonly reason: string };

/** The nesting PHP's `json_decode` allows by default. */
const MAX_DEPTH = 512;
const INT64_MAX = 9_223_372_036_854_775_807n;
const INT64_MIN = -9_223_372_036_854_775_808n;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const WELL_FORMED = /^\P{Cs}*$/u;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses JSON as PHP's `json_decode(…, true)` does: strict UTF-8 without a byte order mark, at most 512 levels, the last
 * of two equal keys wins, unpaired surrogates are errors, literals are case-insensitive.
 */
export function parseJson(bytes: Uint8Array): Parsed {
  try {
    const text = new Text(utf8.decode(bytes));
    const value = readValue(text, 0);
    skipSpace(text);
    if (text.at !== text.source.length) return invalid('trailing bytes');
    return { kind: 'value', value };
  } catch (error) {
    if (error instanceof Malformed) return invalid(error.message);
    if (error instanceof TypeError) return invalid('not UTF-8');
    throw error;
  }
}

class Malformed extends Error {}

class Text {
  readonly source: string;
  at = 0;

  constructor(source: string) {
    this.source = source;
  }
}

function invalid(reason: string): Parsed {
  return { kind: 'invalid', reason };
}

function skipSpace(text: Text): void {
  for (;;) {
    const code = text.source.charCodeAt(text.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    text.at += 1;
  }
}

function readValue(text: Text, depth: number): PhpValue {
  skipSpace(text);
  switch (text.source.charAt(text.at)) {
    case '{':
      return readObject(text, depth + 1);
    case '[':
      return readList(text, depth + 1);
    case '"':
      return readString(text);
    default:
      return readScalar(text);
  }
}

function readObject(text: Text, depth: number): PhpValue {
  const members = new Map<string, PhpValue>();
  open(text, depth);
  if (closes(text, '}')) return members;
  do {
    skipSpace(text);
    if (text.source[text.at] !== '"') throw new Malformed('a key is due');
    const key = readString(text);
    skipSpace(text);
    if (text.source[text.at] !== ':') throw new Malformed('a colon is due');
    text.at += 1;
    members.set(key, readValue(text, depth));
  } while (continues(text, '}'));
  return members;
}

function readList(text: Text, depth: number): PhpValue {
  const items: PhpValue[] = [];
  open(text, depth);
  if (closes(text, ']')) return items;
  do items.push(readValue(text, depth));
  while (continues(text, ']'));
  return items;
}

function open(text: Text, depth: number): void {
  if (depth > MAX_DEPTH) throw new Malformed('nested too deep');
  text.at += 1;
}

function closes(text: Text, end: string): boolean {
  skipSpace(text);
  if (text.source[text.at] !== end) return false;
  text.at += 1;
  return true;
}

function continues(text: Text, end: string): boolean {
  if (closes(text, end)) return false;
  if (text.source[text.at] !== ',') throw new Malformed('a comma is due');
  text.at += 1;
  return true;
}

function readString(text: Text): string {
  const start = text.at;
  let escaped = false;
  for (let at = start + 1; at < text.source.length; at += 1) {
    const code = text.source.charCodeAt(at);
    if (code < 0x20) break;
    if (code === QUOTE) {
      text.at = at + 1;
      const raw = text.source.slice(start, at + 1);
      return escaped ? unescape(raw) : raw.slice(1, -1);
    }
    if (code === BACKSLASH) {
      escaped = true;
      at += 1;
    }
  }
  throw new Malformed('a string is malformed');
}

function unescape(raw: string): string {
  const value = parseLiteral(raw);
  if (!WELL_FORMED.test(value)) throw new Malformed('a surrogate is unpaired');
  return value;
}

function parseLiteral(raw: string): string {
  try {
    return JSON.parse(raw) as string;
  } catch {
    throw new Malformed('an escape is unknown');
  }
}

const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/iy;

function readScalar(text: Text): PhpValue {
  const raw = match(text, SCALAR)?.toLowerCase();
  switch (raw) {
    case undefined:
      throw new Malformed('a value is due');
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
      return readNumber(raw);
  }
}

function readNumber(raw: string): PhpValue {
  if (raw === '-0' || /[.e]/.test(raw)) return new Float(Number(raw));
  const number = Number(raw);
  if (Number.isSafeInteger(number)) return number;
  const exact = BigInt(raw);
  return exact > INT64_MAX || exact < INT64_MIN ? new Float(number) : exact;
}

function match(text: Text, pattern: RegExp): string | undefined {
  pattern.lastIndex = text.at;
  const found = pattern.exec(text.source)?.[0];
  if (found !== undefined) text.at += found.length;
  return found;
}
