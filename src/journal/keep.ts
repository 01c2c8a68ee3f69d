import { isJson, parseJson, type Json } from '../model/json.ts';
import type { Redactor } from '../model/redaction.ts';
import { MARGIN } from './redact.ts';

/** Characters of one text that are kept, of what was received and of what was sent; the rest is counted. */
const LONGEST_TEXT = { received: 16_384, sent: 4_096 } as const;
/** The same of a JSON text, which says nothing once it is cut: more than eMCP ever answers (contract §4). */
const LONGEST_JSON = 2 * 1024 * 1024;

/** Texts that say how much of them was cut; whatever else is too long ends with a dot of three. */
const MAY_BE_CUT = new Set(['body', 'data', 'stdout', 'stderr', 'text']);

export interface Kept<Value> {
  readonly value: Value;
  /** A secret was taken out, or something was cut. */
  readonly altered: boolean;
}

/**
 * Redacted first and cut afterwards: the beginning of a secret is no longer told from a word. JSON that was
 * received is cut much later, as it has to be read again.
 */
export function keep<Value>(given: Value, redactor: Redactor, side: 'sent' | 'received'): Kept<Value> {
  let altered = false;
  const value = redactor.shaped(given, (text, key) => {
    const short = LONGEST_TEXT[side];
    const longest = side === 'received' ? longestOf(text) : short;
    const cleaned = clean(text.length > longest ? text.slice(0, short + MARGIN) : text, redactor);
    const kept = cleaned.length > longest || text.length > longest ? cleaned.slice(0, short) : cleaned;
    if (kept === text) return text;
    altered = true;
    if (kept === cleaned && text.length <= longest) return kept;
    const whole = copied(wellFormed(kept));
    return MAY_BE_CUT.has(key) ? { text: whole, cut: { kept: whole.length, of: text.length } } : `${whole}…`;
  });
  return { value, altered };
}

function longestOf(text: string): number {
  const { received } = LONGEST_TEXT;
  if (text.length <= received || text.length > LONGEST_JSON) return received;
  return jsonIn(text) === undefined ? received : LONGEST_JSON;
}

/** Without secrets. What is JSON stays JSON, so that it can be read again. */
function clean(text: string, redactor: Redactor): string {
  const cleaned = wellFormed(redactor.text(text));
  if (cleaned === text || jsonIn(cleaned) !== undefined) return cleaned;
  const json = jsonIn(text);
  return json === undefined ? cleaned : JSON.stringify(redactor.json(json));
}

function jsonIn(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const value = parseJson(text);
  return isJson(value) ? value : undefined;
}

/** A part of a text keeps all of it in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

/** A lone surrogate is no Unicode and would break the readers of a report. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
