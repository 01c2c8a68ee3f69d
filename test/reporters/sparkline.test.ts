import { describe, expect, it } from 'vitest';
import { frame, httpEntry, streamEntry } from '../support/entries.ts';
import { cadenceLine, keptStream } from '../../src/reporters/sparkline.ts';

const beat = (at: number) => ({ at, heartbeat: true });
const event = (at: number) => ({ at, heartbeat: false });

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
    const frames = [frame('comment', 10), frame('event', 20)];
    expect(keptStream(streamEntry({ frames, durationMs: 30.4, diagnosis: 'live' }))).toEqual({
      arrivals: [beat(10), event(20)],
      durationMs: 30,
      diagnosis: 'live',
    });
  });

  it('is not where none came', () => {
    expect(keptStream(httpEntry({}))).toBeUndefined();
    const { response: _none, ...without } = streamEntry({});
    expect(keptStream({ ...without, failure: { name: 'unreachable', message: 'gone' } })).toBeUndefined();
  });
});
