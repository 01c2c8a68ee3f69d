import { expect, it } from 'vitest';
import { streamsOf } from '../../../src/reporters/html/stream-chart.ts';

function entry(check: string) {
  const frames = [
    { kind: 'event', at: 0 },
    { kind: 'comment', at: 500 },
  ];
  const outcome = { stream: { frames, durationMs: 1000, diagnosis: '<b>live</b>' } };
  return { check, sequence: 1, probe: 'stream', question: {}, outcome, at: 0, ms: 1000 };
}

it('draws the streams that were watched for their cadence, with hostile words made harmless', () => {
  const figures = streamsOf([entry('stream/live'), entry('stream/messages')]).map(({ text }) => text);
  expect(figures).toHaveLength(1);
  expect(figures[0]).toContain('1 events (above) and 1 heartbeats (below)');
  expect(figures[0]).not.toContain('<b>live');
});
