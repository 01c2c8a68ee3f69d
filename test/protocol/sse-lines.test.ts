import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sseLines } from '../../src/protocol/sse-lines.ts';

function split(chunks: readonly Uint8Array[], cap = 1000) {
  const lines = sseLines(cap);
  const out = chunks.flatMap((chunk) => [...lines.push(chunk)]);
  return { out, pending: lines.pending };
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('sseLines', () => {
  it('ends a line at LF, CR and CRLF, and counts bytes up to the end it saw', () => {
    const { out } = split([bytes('a\nb\rc\r\nd\n')]);
    expect(out).toEqual([
      { text: 'a', offset: 2 },
      { text: 'b', offset: 4 },
      { text: 'c', offset: 6 },
      { text: 'd', offset: 9 },
    ]);
  });

  it('takes a CRLF that is split between chunks as one end', () => {
    expect(split([bytes('a\r'), bytes('\n\r\n')]).out).toMatchObject([{ text: 'a' }, { text: '' }]);
  });

  it('drops a byte order mark at the start only, even when it comes in pieces', () => {
    const text = bytes('\uFEFFdata: x\n\uFEFFy\n');
    expect(split([text.subarray(0, 1), text.subarray(1, 2), text.subarray(2)]).out).toMatchObject([
      { text: 'data: x' },
      { text: '\uFEFFy' },
    ]);
  });

  it('tells of bytes that no end followed', () => {
    expect(split([bytes('a\nbcd')]).pending).toBe(3);
  });

  it('reports a line over the cap without keeping more than the cap', () => {
    const lines = sseLines(10);
    expect([...lines.push(bytes('0123456789'))]).toEqual([]);
    expect([...lines.push(bytes('x'.repeat(1000)))]).toEqual(['too-long']);
    expect(lines.pending).toBeLessThanOrEqual(22);
  });

  it('gives the same lines however the bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '\r', '\n', ':', '\uFEFF'), maxLength: 40 });
    const cuts = fc.array(fc.nat(60), { maxLength: 6 });
    fc.assert(
      fc.property(text, cuts, (text, cuts) => {
        const whole = bytes(text);
        const ends = [...cuts.filter((cut) => cut < whole.length), whole.length].toSorted((a, b) => a - b);
        const pieces = ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end));
        expect(split(pieces)).toEqual(split([whole]));
      }),
    );
  });
});
