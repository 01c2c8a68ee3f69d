import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeJson } from '../../src/server/json/encode.ts';
import { parseJson } from '../../src/server/json/parse.ts';
import { toPlain } from '../../src/server/json/plain.ts';
import { Float } from '../../src/server/json/value.ts';

function parse(text: string) {
  return parseJson(new TextEncoder().encode(text));
}

function decoded(text: string) {
  const parsed = parse(text);
  if (parsed.kind === 'invalid') throw new Error(parsed.reason);
  return parsed.value;
}

describe('the JSON reader', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('\\ud') && !text.includes('-0'));
        expect(toPlain(decoded(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('takes and refuses what JSON.parse takes and refuses, but for the case of words', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-1',
      '01',
      '1.',
      '.5',
      '1e5',
      'true',
      'null',
      ' ',
      '\n',
      '\\',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(parse(text).kind).toBe(isJson(text) ? 'value' : 'invalid');
      }),
      { numRuns: 2000 },
    );
  });

  it('tells integers from floats, as far as 64 bits go', () => {
    expect(decoded('[1,1.0,1e0,-0,9223372036854775807,9223372036854775808]')).toEqual([
      1,
      new Float(1),
      new Float(1),
      new Float(-0),
      9_223_372_036_854_775_807n,
      new Float(9_223_372_036_854_775_808),
    ]);
  });
});

describe('the JSON writer', () => {
  it.each([
    ['{}', '[]'],
    ['{"0":1,"1":2}', '[1,2]'],
    ['{"1":1}', '{"1":1}'],
    ['{"b":1,"a":{},"1":[]}', '{"b":1,"a":[],"1":[]}'],
    ['[1.0,0.1,1e25,1.5e-7,123456789012345680000,-0.0]', '[1,0.1,1.0e+25,1.5e-7,1.2345678901234568e+20,-0.0]'],
    ['[10000000000000000.0,1e17,0.0001,0.00001]', '[10000000000000000,1.0e+17,0.0001,1.0e-5]'],
    ['"\\u00e9/\\ud83d\\ude00"', '"\\u00e9\\/\\ud83d\\ude00"'],
  ])('gives %s back as PHP would', (text, expected) => {
    expect(encodeJson(decoded(text))).toBe(expected);
  });

  it('leaves slashes and unicode plain when told to, but for line separators', () => {
    expect(encodeJson('é/\u2028', { plainSlashes: true, plainUnicode: true })).toBe('"é/\\u2028"');
  });

  it('keeps an empty object of our own', () => {
    expect(encodeJson({ a: {}, b: undefined, c: [] })).toBe('{"a":{},"c":[]}');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
