import type { Json } from './tool.ts';

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** PHP's integer filter: 2, 2.0, "2", " +2 " and true pass; "02", "2.0" and false do not. */
export function isInteger(value: Json): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= 2 ** 63;
  if (typeof value !== 'string') return value === true;
  const text = trim(value);
  if (!/^[+-]?(?:0|[1-9]\d*)$/.test(text)) return false;
  const whole = BigInt(text.replace('+', ''));
  return whole >= INT64_MIN && whole <= INT64_MAX;
}

/** PHP's boolean rule: words are not booleans. */
export function isBoolean(value: Json): boolean {
  return typeof value === 'boolean' || value === 0 || value === 1 || value === '0' || value === '1';
}

export function isNumeric(value: Json): boolean {
  if (typeof value === 'number') return true;
  return (
    typeof value === 'string' && /^[ \t\n\r\v\f]*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[ \t\n\r\v\f]*$/i.test(value)
  );
}

/** Lists and objects alike: both are arrays to PHP. */
export function isArray(value: Json): value is readonly Json[] | { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}

export function isScalar(value: Json | undefined): value is boolean | number | string {
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** PHP's cast to int, for values that passed `isInteger` or are blank. */
export function toInteger(value: Json): number {
  return Math.trunc(Number(typeof value === 'string' ? trim(value) : value)) + 0;
}

export function toBoolean(value: Json): boolean {
  return value === true || value === 1 || value === '1';
}

export function toText(value: boolean | number | string): string {
  if (typeof value === 'boolean') return value ? '1' : '';
  return String(value);
}

export function isBlank(value: Json): boolean {
  return typeof value === 'string' && trim(value) === '';
}

function trim(text: string): string {
  return text.replace(/^[ \t\n\r\v\0]+|[ \t\n\r\v\0]+$/g, '');
}
