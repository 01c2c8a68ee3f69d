import { Float, type PhpObject, type PhpValue } from './value.ts';

/** Decoded PHP values (an empty object is a list there) mixed with plain JavaScript ones (where `{}` stays an object). */
export type Encodable = PhpValue | undefined | readonly Encodable[] | { readonly [key: string]: Encodable };

export interface EncodeOptions {
  /** Write `/` as it is, as `JSON_UNESCAPED_SLASHES` does. */
  readonly plainSlashes?: boolean;
  /** Write non-ASCII as it is, as `JSON_UNESCAPED_UNICODE` does. */
  readonly plainUnicode?: boolean;
}

/** Writes JSON as PHP's `json_encode` does: compact, with slashes and non-ASCII escaped unless told otherwise. */
export function encodeJson(value: Encodable, options: EncodeOptions = {}): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Float) return formatFloat(value.value);
  if (value instanceof Map) return encodeMap(value, options);
  if (typeof value === 'string') return encodeString(value, options);
  if (typeof value === 'number') return Number.isInteger(value) ? integer(value) : formatFloat(value);
  if (typeof value !== 'object') return String(value);
  return isItems(value) ? encodeItems(value, options) : encodeMembers(Object.entries(value), options);
}

function isItems(value: object): value is readonly Encodable[] {
  return Array.isArray(value);
}

function encodeItems(items: Iterable<Encodable>, options: EncodeOptions): string {
  return `[${Array.from(items, (item) => encodeJson(item, options)).join(',')}]`;
}

/** A PHP array whose keys are 0, 1, 2… is written as a list, so an empty object becomes `[]`. */
function encodeMap(map: PhpObject, options: EncodeOptions): string {
  const isSequence = Array.from(map.keys()).every((key, index) => key === String(index));
  return isSequence ? encodeItems(map.values(), options) : encodeMembers([...map], options);
}

function encodeMembers(members: readonly (readonly [string, Encodable])[], options: EncodeOptions): string {
  const present = members.filter(([, item]) => item !== undefined);
  return `{${present.map(([key, item]) => `${encodeString(key, options)}:${encodeJson(item, options)}`).join(',')}}`;
}

/** Text that is written as it is under all options. */
const PLAIN = /^[ !#-.0-[\]-~]*$/;

function encodeString(text: string, options: EncodeOptions): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let out = JSON.stringify(text);
  if (options.plainSlashes !== true) out = out.replaceAll('/', '\\/');
  const pattern = options.plainUnicode === true ? /[\u2028\u2029]/g : /[^\u0020-\u007e]/g;
  return out.replace(pattern, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** An integer too large to be written out by JavaScript was a float in PHP. */
function integer(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : formatFloat(value);
}

/** PHP's shortest form of a float: exponents from 10^17 up and below 10^-4, written `1.5e+25`; a zero fraction is dropped. */
function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return '0';
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= 17 || power < -4)
    return `${digits.includes('.') ? digits : `${digits}.0`}e${power < 0 ? '' : '+'}${power}`;
  return plainDecimal(value, power);
}

function plainDecimal(value: number, power: number): string {
  const shortest = String(value);
  if (!shortest.includes('e')) return shortest;
  const sign = value < 0 ? '-' : '';
  const digits = shortest.replace(/^-/, '').replace(/e.*$/, '').replace('.', '');
  return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
}
