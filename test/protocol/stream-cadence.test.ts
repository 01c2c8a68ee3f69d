import { describe, expect, it } from 'vitest';
import type { StreamFrame } from '../../src/model/probes.ts';
import { cadenceOf } from '../../src/protocol/stream-cadence.ts';

const frame = (kind: StreamFrame['kind'], at: number): StreamFrame => ({
  kind,
  data: '',
  event: undefined,
  id: undefined,
  at,
  offset: 0,
});
const beats = (...times: readonly number[]): StreamFrame[] => times.map((at) => frame('comment', at));

describe('the cadence of heartbeats', () => {
  it.each([
    ['steady', beats(1000, 2010, 2995, 4000), 4500],
    ['late', beats(2000, 4000), 4500],
    ['early', beats(500, 1000, 1500, 2000), 2100],
    ['jittered', beats(400, 1400, 3000, 4000, 4450), 4500],
    ['missing', [], 4500],
    ['not-due', [], 1200],
  ] as const)('is %s', (kind, frames, to) => {
    expect(cadenceOf(frames, 1000, { from: 0, to }).kind).toBe(kind);
  });

  it('is read from the clock where events come in between', () => {
    const frames = [...beats(1000), frame('event', 1500), ...beats(2000, 3000), frame('event', 3200), ...beats(4000)];
    expect(cadenceOf(frames, 1000, { from: 0, to: 4100 })).toMatchObject({ kind: 'steady', median: 1000 });
  });

  it('is read from the silence where every event starts it anew', () => {
    const frames = [...beats(1000), frame('event', 1400), ...beats(2400), frame('event', 3200), ...beats(4200)];
    expect(cadenceOf(frames, 1000, { from: 0, to: 4300 })).toMatchObject({ kind: 'steady', median: 1000 });
  });

  it('is not due while events leave no silence to fill', () => {
    const frames = [500, 1000, 1500, 2000].map((at) => frame('event', at));
    expect(cadenceOf(frames, 1000, { from: 0, to: 2400 }).kind).toBe('not-due');
  });
});
