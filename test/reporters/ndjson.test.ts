import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_SCHEMA, renderEvent, renderNdjson } from '../../src/reporters/ndjson.ts';
import { anyReport } from '../support/arbitrary-report.ts';

describe('the event lines', () => {
  it('are one JSON object a line that names its schema and kind, whatever the target said', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = renderNdjson(report).split('\n');
        expect(lines.pop()).toBe('');
        const events = lines.map((line) => JSON.parse(line) as { schema: string; event: string });
        expect(new Set(events.map(({ schema }) => schema))).toEqual(new Set([EVENT_SCHEMA]));
        expect(events.map(({ event }) => event)).toEqual([
          'started',
          ...report.results.map(() => 'check-finished'),
          'finished',
        ]);
        expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      }),
      { numRuns: 60 },
    );
  });

  it('bring the observation of a check through as it was', () => {
    const observation = { kind: 'fact', slug: 's', held: false, actual: 'a\u202E\0', expected: 1, seen: [1] } as const;
    const line = renderEvent({ kind: 'observed', check: 'a/b', observation });
    expect(JSON.parse(line)).toEqual({ schema: EVENT_SCHEMA, event: 'observed', check: 'a/b', observation });
  });

  it('tell of a pause how long it is and why', () => {
    const line = renderEvent({ kind: 'pacing', seconds: 61, reason: 'budget' });
    expect(JSON.parse(line)).toMatchObject({ event: 'pacing', seconds: 61, reason: 'budget' });
  });
});
