import { expect, it } from 'vitest';
import { frame, streamEntry } from '../../support/entries.ts';
import { streamsOf } from '../../../src/reporters/html/stream-chart.ts';

function entry(check: string) {
  return streamEntry({ check, frames: [frame('event', 0), frame('comment', 500)], diagnosis: '<b>live</b>' });
}

it('draws the streams that were watched for their cadence, with hostile words made harmless', () => {
  const figures = streamsOf([entry('stream/live'), entry('stream/messages')]).map(({ text }) => text);
  expect(figures).toHaveLength(1);
  expect(figures[0]).toContain('1 events (above) and 1 heartbeats (below)');
  expect(figures[0]).not.toContain('<b>live');
});
