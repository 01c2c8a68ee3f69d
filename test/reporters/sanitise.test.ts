import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, oneLine, sanitise } from '../../src/reporters/sanitise.ts';

describe('sanitise', () => {
  it.each([
    ['colour', '\u001B[31mred\u001B[0m', 'red'],
    ['cursor movement by a one-byte introducer', 'a\u009B2Jb', 'ab'],
    ['a window title', '\u001B]0;owned\u0007text', 'text'],
    ['a hyperlink', '\u001B]8;;http://x/\u001B\\text\u001B]8;;\u001B\\', 'text'],
    ['a device string', '\u001BPq#0\u001B\\after', 'after'],
    ['a terminal reset', '\u001Bcx', 'x'],
    ['NUL, bell and backspace', 'a\0b\u0007c\bd', 'abcd'],
    ['bidi overrides and isolates', 'a\u202Eb\u2066c', 'abc'],
    ['zero-width characters and tags', 'a\u200Bb\uFEFFc\u{E0041}d', 'abcd'],
  ])('takes out %s', (_name, hostile, clean) => {
    expect(sanitise(hostile)).toBe(clean);
  });

  it('does not let a sequence that never ends hide what follows it', () => {
    expect(sanitise('\u001B]0;title\nFAIL')).toContain('FAIL');
    expect(sanitise('\u001B]0;FAIL')).toContain('FAIL');
  });

  it('keeps lines and tabs, and makes one line end of all', () => {
    expect(sanitise('a\tb\r\nc\rd\u2028e')).toBe('a\tb\nc\nd\ne');
  });

  it('replaces half a character', () => {
    expect(sanitise('a\uD800b')).toBe('a\uFFFDb');
    expect(sanitise('😀')).toBe('😀');
  });

  it('leaves nothing invisible in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sanitise(text)).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}]/u);
        expect(oneLine(text)).not.toMatch(/[\n\t]/);
      }),
    );
  });

  it('ends quickly on long hostile text', () => {
    const began = performance.now();
    sanitise('\u001B]'.repeat(100_000));
    sanitise(`\u001B]${'x'.repeat(200_000)}`);
    sanitise('\u001B[;'.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('cutText', () => {
  it('cuts between characters', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
    expect(cutText('a😀bcd', 3)).toBe('a…');
  });
});
