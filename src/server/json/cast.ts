import { Float, isArray, type PhpValue } from './value.ts';

/** What PHP's `trim` takes away; JavaScript's takes more. */
const BLANK = ' \t\n\r\0\u000b';

export function phpTrim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.includes(text.charAt(start))) start += 1;
  while (end > start && BLANK.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** PHP's string cast; an array becomes the word `Array`. */
export function toText(value: PhpValue | undefined): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '1';
  if (value instanceof Float) return String(value.value);
  return isArray(value) ? 'Array' : String(value);
}

/** PHP's integer cast, of a decoded value or of a configured one: the numeric start of a text, 0 when there is none. */
export function toInt(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : 0;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Float) return toInt(value.value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string')
    return Math.trunc(Number(/^[ \t\n\r\v\f]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(value)?.[0] ?? 0));
  if (value instanceof Map) return value.size > 0 ? 1 : 0;
  if (Array.isArray(value)) return value.length > 0 ? 1 : 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? 1 : 0;
}

/** PHP's boolean cast: `"0"` and empty values are false, and the word `"false"` is true. */
export function toBool(value: unknown): boolean {
  if (value === '0' || value === '' || value === 0 || value === false || value === null || value === undefined)
    return false;
  return typeof value === 'object' ? toInt(value) === 1 : true;
}
