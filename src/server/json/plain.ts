import type { Json, JsonObject } from '../tools/tool.ts';
import { Float, isList, isObject, type PhpValue } from './value.ts';

/** The plain JSON a tool receives; a float that is a whole number can no longer be told from an integer. */
export function toPlain(value: PhpValue): Json {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (isList(value)) return value.map(toPlain);
  if (isObject(value)) return toPlainObject(value);
  return value;
}

/** An argument bag: a list becomes an object with its positions as keys, as in a PHP array. */
export function toPlainObject(value: PhpValue | undefined): JsonObject {
  if (isList(value)) return Object.fromEntries(value.map((item, index) => [String(index), toPlain(item)]));
  if (!isObject(value)) return {};
  return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
}
