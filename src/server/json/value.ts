/** A JSON number that PHP holds as a float: it has a fraction, an exponent, is `-0`, or does not fit 64 bits. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A decoded JSON object: a map, because PHP keeps the order of all keys, also of those that look like numbers. */
export type PhpObject = ReadonlyMap<string, PhpValue>;

/** A value as PHP's `json_decode` sees it: integers are told from floats and are exact to 64 bits. */
export type PhpValue = null | boolean | number | bigint | Float | string | readonly PhpValue[] | PhpObject;

export function isObject(value: PhpValue | undefined): value is PhpObject {
  return value instanceof Map;
}

export function isList(value: PhpValue | undefined): value is readonly PhpValue[] {
  return Array.isArray(value);
}

/** What PHP calls an array: a JSON list or a JSON object. */
export function isArray(value: PhpValue | undefined): value is readonly PhpValue[] | PhpObject {
  return isList(value) || isObject(value);
}

/** The member of an object; `undefined` when absent or when the value is no object. */
export function member(value: PhpValue | undefined, key: string): PhpValue | undefined {
  return isObject(value) ? value.get(key) : undefined;
}

export function isInteger(value: PhpValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
