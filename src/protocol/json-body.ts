import type { Parsed } from '../model/evidence.ts';
import { MAX_DEPTH, parseJson } from '../model/json.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Bytes as strict JSON: valid UTF-8, no byte order mark, nested no deeper than sense allows. Never a prototype write. */
export function parseJsonBody(bytes: Uint8Array): Parsed {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { kind: 'not-json', why: 'not valid UTF-8' };
  }
  if (text.startsWith('\uFEFF')) return { kind: 'not-json', why: 'begins with a byte order mark' };
  if (text.trim() === '') return { kind: 'not-json', why: 'empty' };
  if (hasManyBrackets(text) && nestingOf(text) > MAX_DEPTH) {
    return { kind: 'not-json', why: `nested deeper than ${MAX_DEPTH}` };
  }
  const value = parseJson(text);
  return value === undefined ? { kind: 'not-json', why: whyMalformed(text) } : { kind: 'json', value };
}

function whyMalformed(text: string): string {
  const start = text.trimStart();
  if (start.startsWith('<')) return 'markup';
  return /^[[{]/.test(start) && nestingOf(text) > 0 ? 'cut in the middle' : 'malformed';
}

/** Enough of them to be nested too deep; most texts are not, and need no closer look. */
function hasManyBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of '[{') {
    for (let index = text.indexOf(bracket); index !== -1; index = text.indexOf(bracket, index + 1)) {
      count += 1;
      if (count > MAX_DEPTH) return true;
    }
  }
  return false;
}

/** Counts brackets outside of strings, before anything recursive looks at the text; above zero it ends in the middle. */
function nestingOf(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (quoted && char === BACKSLASH) index += 1;
    else if (char === QUOTE) quoted = !quoted;
    else if (!quoted && OPENING.has(char)) depth += 1;
    else if (!quoted && CLOSING.has(char)) depth -= 1;
    if (depth > MAX_DEPTH) break;
  }
  return depth;
}
