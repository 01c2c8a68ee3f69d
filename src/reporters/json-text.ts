import type { Json } from '../model/json.ts';
import { ABSENT } from '../model/json.ts';
import { cutText } from './sanitise.ts';

const LONGEST_VALUE = 600;
/** What JSON allows bare in a string, but a terminal, a browser or an eye should not meet. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/gu;

/** JSON in printable characters: nothing is lost, all that is invisible is escaped. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  const known = new Map<string, string>();
  return text.replace(UNSAFE, (found) => {
    const before = known.get(found);
    if (before !== undefined) return before;
    const escaped = found.split('').map(unicodeEscape).join('');
    known.set(found, escaped);
    return escaped;
  });
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What came or was promised, for people: JSON, but bare where a value was absent. */
export function valueText(value: Json, longest = LONGEST_VALUE): string {
  return value === ABSENT ? ABSENT : cutText(jsonText(value), longest);
}
