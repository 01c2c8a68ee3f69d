import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cadenceOf, type CadenceKind } from '../../src/protocol/stream-cadence.ts';
import { serve, STREAM_HEADERS } from '../support/event-server.ts';
import { watch } from '../support/watch.ts';

const RUNS = Number(process.env['EMCP_FULL_COUNT'] ?? 1);
const DECLARED_MS = 100;
const DURATION_MS = 1000;

interface Habit {
  readonly kind: CadenceKind;
  /** Milliseconds between heartbeats, over and over. */
  readonly intervals: readonly number[];
}

const HABITS: readonly Habit[] = [
  { kind: 'steady', intervals: [100] },
  { kind: 'late', intervals: [200] },
  { kind: 'jittered', intervals: [100, 20, 100, 200, 100] },
  { kind: 'missing', intervals: [] },
];

describe('heartbeats on the wire', () => {
  it.concurrent.each(HABITS)('are found to be $kind', { timeout: RUNS * 5_000 }, async ({ kind, intervals }) => {
    for (let run = 0; run < RUNS; run += 1) {
      const { cadence, truth } = await observed(intervals);
      expect(cadence.kind).toBe(kind);
      if (cadence.median === undefined) continue;
      expect(Math.abs(cadence.median - truth) / truth).toBeLessThan(0.05);
    }
  });
});

async function observed(intervals: readonly number[]) {
  const sent: number[] = [];
  const server = await serve((_request, response) => {
    response.writeHead(200, STREAM_HEADERS);
    response.flushHeaders();
    const until = performance.now() + DURATION_MS;
    const beat = async (): Promise<void> => {
      for (let turn = 0; performance.now() < until; turn += 1) {
        await pause(intervals[turn % intervals.length] ?? DURATION_MS);
        sent.push(performance.now());
        if (intervals.length > 0) response.write(': heartbeat\n\n');
      }
      response.end('data: {"jsonrpc":"2.0","id":1,"result":{}}\n\n');
    };
    sent.push(performance.now());
    void beat();
  });
  try {
    const { frames, exchange, durationMs } = await watch(server.url);
    const cadence = cadenceOf(frames, DECLARED_MS, { from: exchange.timing.firstByteMs, to: durationMs });
    return { cadence, truth: middle(sent.slice(1).map((time, index) => time - (sent[index] ?? time))) };
  } finally {
    await server.close();
  }
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
