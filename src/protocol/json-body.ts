import type { Parsed } from '../model/evidence.ts';
import { parseJson } from '../model/json.ts';

/** Deeper nesting than this is an attack or a mistake; no answer of eMCP comes near it. */
const MAX_DEPTH = 200;

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
  const depth = nestingOf(text);
  if (depth === 'too deep') return { kind: 'not-json', why: `nested deeper than ${MAX_DEPTH}` };
  const value = parseJson(text);
  return value === undefined ? { kind: 'not-json', why: whyMalformed(text, depth) } : { kind: 'json', value };
}

function whyMalformed(text: string, depth: number): string {
  const start = text.trimStart();
  if (start.startsWith('<')) return 'markup';
  return depth > 0 && /^[[{]/.test(start) ? 'cut in the middle' : 'malformed';
}

/** Counts brackets outside of strings, before anything recursive looks at the text; above zero it ends in the middle. */
function nestingOf(text: string): number | 'too deep' {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (quoted && char === '\\') index += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '{' || char === '[')) depth += 1;
    else if (!quoted && (char === '}' || char === ']')) depth -= 1;
    if (depth > MAX_DEPTH) return 'too deep';
  }
  return depth;
}
