import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import { judge, type Ending } from '../../src/model/verdict.ts';

const fact = fc.record({
  kind: fc.constant('fact' as const),
  slug: fc.constantFrom('a', 'b'),
  held: fc.boolean(),
  actual: fc.constant(null),
  expected: fc.constant(null),
  seen: fc.constant([1]),
});
const unjudged = fc.record({
  kind: fc.constantFrom('not-applicable' as const, 'inconclusive' as const),
  reason: fc.string(),
});
const observations: fc.Arbitrary<Observation[]> = fc.array(fc.oneof(fact, unjudged), { maxLength: 6 });
const endings: fc.Arbitrary<Ending> = fc.oneof(
  fc.constant({ kind: 'completed' as const }),
  fc.record({ kind: fc.constantFrom('blocked' as const, 'crashed' as const), reason: fc.string() }),
);
const severities = fc.constantFrom('must' as const, 'should' as const);

const held = (slug = 'a'): Observation => ({ kind: 'fact', slug, held: true, actual: 1, expected: 1, seen: [1] });
const broken: Observation = { kind: 'fact', slug: 'a', held: false, actual: 2, expected: 1, seen: [1] };
const completed: Ending = { kind: 'completed' };

describe('a verdict', () => {
  it('is never pass without an observation that held, nor with one that did not', () => {
    fc.assert(
      fc.property(severities, observations, endings, (severity, seen, ending) => {
        const { status } = judge({ severity, observations: seen, ending });
        const facts = seen.filter((one) => one.kind === 'fact');
        if (status !== 'pass') return true;
        return facts.length > 0 && facts.every((one) => one.held) && ending.kind === 'completed';
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a reason for everything that no observation explains', () => {
    fc.assert(
      fc.property(severities, observations, endings, (severity, seen, ending) => {
        const verdict = judge({ severity, observations: seen, ending });
        return ['pass', 'fail', 'warn'].includes(verdict.status) || verdict.reason !== undefined;
      }),
    );
  });

  it('keeps a failed observation although the check crashed later', () => {
    const ending: Ending = { kind: 'crashed', reason: 'x' };
    expect(judge({ severity: 'must', observations: [broken], ending })).toEqual({ status: 'fail', reason: 'x' });
  });

  it.each([
    ['crashed', { kind: 'crashed', reason: 'x' }, [broken], 'error'],
    ['was blocked', { kind: 'blocked', reason: 'x' }, [broken], 'blocked'],
    ['could not tell', completed, [broken, { kind: 'inconclusive', reason: 'x' }], 'blocked'],
    ['saw all', completed, [broken], 'warn'],
  ] as [string, Ending, Observation[], string][])(
    'of a hazard that was seen by a check which then %s is no warning unless all was measured',
    (_name, ending, observations, status) => {
      expect(judge({ severity: 'should', observations, ending }).status).toBe(status);
    },
  );

  it('warns of answers that only came from eMCP when they were repeated', () => {
    const intermittent = ['answered by nginx, not by eMCP: HTTP 502'];
    const verdict = judge({ severity: 'must', observations: [held()], ending: completed, intermittent });
    expect(verdict).toMatchObject({ status: 'warn', reason: expect.stringContaining('nginx') as string });
  });

  it.each([
    ['nothing observed', [], completed, 'error'],
    ['a crash after something held', [held()], { kind: 'crashed', reason: 'x' }, 'error'],
    ['an unreachable target after something held', [held()], { kind: 'blocked', reason: 'x' }, 'blocked'],
    [
      'an inconclusive measurement beside one that held',
      [held(), { kind: 'inconclusive', reason: 'x' }],
      completed,
      'blocked',
    ],
    ['only not applicable', [{ kind: 'not-applicable', reason: 'x' }], completed, 'skip'],
    ['one held and one not applicable', [held(), { kind: 'not-applicable', reason: 'x' }], completed, 'pass'],
  ] as [string, Observation[], Ending, string][])('of %s', (_name, seen, ending, status) => {
    expect(judge({ severity: 'must', observations: seen, ending }).status).toBe(status);
  });
});
