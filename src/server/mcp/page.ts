import { toInt } from '../json/cast.ts';
import { encodeJson, type Encodable } from '../json/encode.ts';
import { parseJson } from '../json/parse.ts';
import { member } from '../json/value.ts';
import { param, type MethodCall } from './method.ts';

const DEFAULT_SIZE = 15;
const LARGEST_SIZE = 50;

/** One page of a list under `key`; mirrors laravel/mcp's cursor paginator, which trusts sizes and offsets of any sign. */
export function page(call: MethodCall, key: string, items: readonly Encodable[]): Encodable {
  const size = Math.min(sizeOf(call), LARGEST_SIZE);
  const offset = offsetOf(call);
  const shown = phpSlice(items, offset, size);
  const more = items.length > offset + size ? { nextCursor: cursorAt(offset + size) } : {};
  return { [key]: shown, ...more };
}

function sizeOf(call: MethodCall): number {
  const size = param(call, 'per_page');
  if (size === undefined) return DEFAULT_SIZE;
  if (typeof size !== 'number') throw new TypeError('per_page is no integer');
  return size;
}

function offsetOf(call: MethodCall): number {
  const cursor = param(call, 'cursor');
  if (cursor === undefined) return 0;
  if (typeof cursor !== 'string') throw new TypeError('cursor is no string');
  const bytes = strictBase64(cursor);
  const decoded = bytes === undefined ? undefined : parseJson(bytes);
  return decoded?.kind === 'value' ? toInt(member(decoded.value, 'offset') ?? 0) : 0;
}

function cursorAt(offset: number): string {
  return Buffer.from(encodeJson({ offset })).toString('base64');
}

/** `undefined` where PHP's strict `base64_decode` gives up. */
function strictBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[ \t\n\r]/g, '');
  const sound = /^[A-Za-z0-9+/]*={0,2}$/.test(compact) && compact.replace(/=+$/, '').length % 4 !== 1;
  return sound && (!compact.includes('=') || compact.length % 4 === 0) ? Buffer.from(compact, 'base64') : undefined;
}

/** PHP's `array_slice`: a negative offset counts from the end, a negative length leaves that many off the end. */
function phpSlice<T>(items: readonly T[], offset: number, length: number): readonly T[] {
  const start = offset < 0 ? Math.max(0, items.length + offset) : offset;
  const end = length < 0 ? items.length + length : start + length;
  return start > items.length ? [] : items.slice(start, Math.max(start, end));
}
