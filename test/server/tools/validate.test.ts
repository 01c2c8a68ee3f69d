import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArguments } from '../../../src/server/tools/tool.ts';
import type { Json, JsonObject } from '../../../src/server/tools/tool.ts';
import {
  array,
  boolean,
  integer,
  min,
  nullable,
  required,
  string,
  validate,
} from '../../../src/server/tools/validate.ts';
import type { Rules } from '../../../src/server/tools/validate.ts';
import { bench } from './context.ts';

function problems(args: JsonObject, rules: Rules): number {
  try {
    validate(args, rules);
    return 0;
  } catch (error) {
    if (error instanceof InvalidArguments) return error.problems.length;
    throw error;
  }
}

const INTEGERS: readonly (readonly [Json, number])[] = [
  [1, 0],
  [2, 0],
  ['2', 0],
  [' +2\n', 0],
  [true, 0],
  [false, 2],
  ['02', 1],
  ['1e3', 1],
  ['2.0', 1],
  [1.5, 1],
  [0.5, 2],
  ['0.5', 2],
  [0, 1],
  [-1, 1],
  ['-1', 1],
  [1e20, 1],
  ['9223372036854775807', 0],
  ['9223372036854775808', 1],
  ['abc', 1],
  [[1], 1],
  [{ a: 1 }, 1],
  [[], 1],
  [{}, 1],
  ['', 1],
  [' ', 1],
  [null, 1],
];

describe('argument validation', () => {
  it.each(INTEGERS)('finds for a required whole number from 1, given %j, %i problems', (value, count) => {
    expect(problems({ limit: value }, { limit: [required, integer, min(1)] })).toBe(count);
  });

  it.each([null, '', '  ', 0, '0', true])('takes %j for an optional whole number from 0', (value) => {
    expect(problems({ offset: value }, { offset: [nullable, integer, min(0)] })).toBe(0);
  });

  it.each<[Json, number]>([
    [true, 0],
    [0, 0],
    ['1', 0],
    ['true', 1],
    [2, 1],
    [[], 1],
    [null, 0],
  ])('finds for a boolean, given %j, %i problems', (value, count) => {
    expect(problems({ published: value }, { published: [nullable, boolean] })).toBe(count);
  });

  it('asks nothing of an absent argument that is not required', () => {
    expect(problems({}, { offset: [nullable, integer], names: [array] })).toBe(0);
    expect(problems({}, { limit: [required, integer] })).toBe(1);
  });

  it('takes lists and objects alike as arrays', () => {
    const rules = { names: [array], 'names.*': [string] };
    expect(problems({ names: { a: 'x' } }, rules)).toBe(0);
    expect(problems({ names: ['x', 5, null] }, rules)).toBe(2);
    expect(problems({ names: 'x' }, rules)).toBe(1);
  });

  it('speaks of list entries after everything else', () => {
    const rules = { 'terms.*.tv': [required], 'terms.*.op': [required], limit: [required] };
    expect(() => validate({ terms: [{}, 'x'] }, rules)).toThrow(/limit.*terms\.0\.tv.*terms\.1\.tv.*terms\.0\.op/);
  });

  it('takes long lists in a moment', () => {
    const names = Array.from({ length: 50_000 }, () => 'x');
    const start = performance.now();
    expect(problems({ names }, { names: [array], 'names.*': [string] })).toBe(0);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('any arguments at all', () => {
  it('end in an answer, a refusal or an SQL error', async () => {
    const site = await bench();
    const names = ['content.search', 'content.get', 'content.siblings_range', 'model.list', 'model.get'];
    const keys = [
      'limit',
      'offset',
      'id',
      'from',
      'with_tvs',
      'tv_filters',
      'tags_data',
      'filters',
      'model',
      'order_by',
    ];
    const args = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue() as fc.Arbitrary<Json>);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), args, async (name, given) => {
        const outcome = await site
          .call(name, { limit: 1, id: 1, model: 'User', ...given })
          .catch((error: unknown) => error);
        expect(outcome instanceof TypeError || outcome instanceof RangeError).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
