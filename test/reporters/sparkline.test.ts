import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Json } from '../../src/model/json.ts';
import { cadenceLine, keptStream } from '../../src/reporters/sparkline.ts';

const beat = (at: number) => ({ at, heartbeat: true });
const event = (at: number) => ({ at, heartbeat: false });

function entry(stream: Json, probe = 'stream'): JournalEntry {
  return { check: 'stream/live', sequence: 1, probe, question: {}, outcome: { stream }, at: 0, ms: 0 };
}

describe('the cadence line', () => {
  it('shows silence, heartbeats and events where they came', () => {
    expect(cadenceLine([event(0), beat(500), event(900)], 1000, 10)).toBe('▃····▁···▃');
  });

  it('rises with the number of events that came together', () => {
    expect(cadenceLine([1, 2, 3, 4, 5].map(event), 1000, 4)).toBe('█···');
    expect(cadenceLine([event(1), event(2)], 1000, 4)).toBe('▅···');
  });

  it('keeps its width whatever the times are', () => {
    expect(cadenceLine([event(-5), event(2000), beat(Number.NaN)], 1000, 8)).toHaveLength(8);
    expect(cadenceLine([event(0)], 0, 8)).toHaveLength(8);
  });
});

describe('a stream in the journal', () => {
  it('is read with its arrivals and its diagnosis', () => {
    const frames = [
      { kind: 'comment', at: 10 },
      { kind: 'event', at: 20 },
    ];
    expect(keptStream(entry({ frames, durationMs: 30, diagnosis: 'live' }))).toEqual({
      arrivals: [beat(10), event(20)],
      durationMs: 30,
      diagnosis: 'live',
    });
  });

  it.each([[{}], [null], [{ frames: 'x', durationMs: 1 }]])('is not taken from %j', (stream) => {
    expect(keptStream(entry(stream))).toBeUndefined();
  });
});
