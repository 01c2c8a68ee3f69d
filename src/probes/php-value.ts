import type { Json, JsonObject } from '../model/json.ts';

/** A value of PHP; keys of an array are texts, as its integer keys and texts of digits are the same. */
export type PhpValue = PhpScalar | PhpArray;
export type PhpScalar = null | boolean | number | string;
export type PhpArray = ReadonlyMap<string, PhpValue>;

export function isArray(value: PhpValue): value is PhpArray {
  return value instanceof Map;
}

export function isTrue(value: PhpValue): boolean {
  return isArray(value) ? value.size > 0 : !(value === null || value === '' || value === '0' || !value);
}

export function toText(value: PhpScalar): string {
  return typeof value === 'boolean' ? (value ? '1' : '') : String(value ?? '');
}

export function toNumber(value: PhpScalar): number {
  if (typeof value !== 'string') return Number(value);
  return Number(/^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/i.exec(value)?.[0] ?? 0);
}

/** The key a value becomes; `undefined` where PHP refuses it. */
export function toKey(value: PhpValue): string | undefined {
  if (isArray(value)) return undefined;
  if (typeof value === 'string') return value;
  return value === null ? '' : String(Math.trunc(Number(value)));
}

/** An array with the keys 0, 1, 2… in this order, and an empty one, is a list. */
function toJson(value: PhpValue): Json {
  if (!isArray(value)) return value;
  const isList = [...value.keys()].every((key, index) => key === String(index));
  return isList ? [...value.values()].map(toJson) : toObject(value);
}

/** `fromEntries` defines and never assigns: no key reaches a prototype. */
export function toObject(value: PhpArray): JsonObject {
  return Object.fromEntries([...value].map(([key, inner]) => [key, toJson(inner)]));
}
