import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText, valueText } from '../../src/reporters/json-text.ts';

it('says the same as plain JSON, in characters that can be seen', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(jsonText(value, 2)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
      expect(jsonText(value)).not.toContain('\n');
    }),
  );
});

it('escapes characters outside the basic plane by their two halves', () => {
  expect(jsonText('\u{E0041}')).toBe(String.raw`"\udb40\udc41"`);
});

it('shows an absent value bare, and a text that says the same in quotes no more than that', () => {
  expect(valueText('(absent)')).toBe('(absent)');
  expect(valueText('absent')).toBe('"absent"');
  expect(valueText('x'.repeat(5000)).length).toBeLessThanOrEqual(600);
});
