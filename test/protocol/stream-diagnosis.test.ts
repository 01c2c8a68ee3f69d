import { describe, expect, it } from 'vitest';
import type { HeaderList } from '../../src/model/evidence.ts';
import { formatDiagnosis } from '../../src/protocol/stream-diagnosis-advice.ts';
import { completenessOf, deliveryOf, diagnose } from '../../src/protocol/stream-diagnosis.ts';
import type { ReceivedStream } from '../../src/protocol/stream-shape.ts';

const NOTE = '{"jsonrpc":"2.0","method":"notifications/progress","params":{}}';
const RESULT = '{"jsonrpc":"2.0","id":1,"result":{}}';
const HEADERS: HeaderList = [
  ['Content-Type', 'text/event-stream'],
  ['Transfer-Encoding', 'chunked'],
  ['X-Accel-Buffering', 'no'],
];

interface Received extends Partial<Omit<ReceivedStream, 'exchange' | 'frames' | 'chunks'>> {
  readonly status?: number;
  readonly headers?: HeaderList;
}

const COMMENT = ': heartbeat';

type Arrival = readonly [at: number, data: string];

/** Events and comments that arrived at these milliseconds. */
function received(events: readonly Arrival[], change: Received = {}): ReceivedStream {
  const { status = 200, headers = HEADERS, ...rest } = change;
  const frames = events.map(([at, data], index) => ({
    kind: data === COMMENT ? ('comment' as const) : ('event' as const),
    data,
    event: undefined,
    id: undefined,
    at,
    offset: 100 * (index + 1),
  }));
  return {
    exchange: { status, headers, timing: { atMs: 0, firstByteMs: 5, totalMs: 1000 } },
    frames,
    chunks: frames.map(({ at }) => ({ at, bytes: 100 })),
    ended: 'closed',
    unfinished: false,
    durationMs: (events.at(-1)?.[0] ?? 1000) + 5,
    ...rest,
  };
}

function inOrder(arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.toSorted(([left], [right]) => left - right);
}

const LIVE = [
  [100, NOTE],
  [400, NOTE],
  [700, NOTE],
] as const;
const BEATS = [100, 300, 500, 700].map((at): Arrival => [at, COMMENT]);
const CLUMPS: readonly Arrival[] = [400, 400, 800, 800].map((at) => [at, NOTE]);
const AT_ONCE = LIVE.map(([, data]) => [900, data] as const);

describe('whether a stream is complete and how it was delivered', () => {
  it.each([
    ['live, with its response', received([...LIVE, [900, RESULT]]), 'complete', 'delivered', 'live'],
    ['live, without one', received(LIVE), 'no-response', 'delivered', 'live'],
    ['live, with two', received([...LIVE, [900, RESULT], [1200, RESULT]]), 'several-responses', 'delivered', 'live'],
    ['live, and cut', received(LIVE, { ended: 'cut' }), 'cut-between-events', 'delivered', 'live'],
    ['collected', received([...AT_ONCE, [900, RESULT]]), 'complete', 'buffered', 'origin-buffered'],
    ['collected, without a response', received(AT_ONCE), 'no-response', 'buffered', 'origin-buffered'],
    ['collected, and cut', received(AT_ONCE, { ended: 'cut' }), 'cut-between-events', 'buffered', 'origin-buffered'],
    [
      'compressed, and cut',
      received(LIVE, { ended: 'cut', headers: [...HEADERS, ['Content-Encoding', 'gzip']] }),
      'cut-between-events',
      'buffered',
      'compressed',
    ],
    [
      'one event, and cut',
      received([[100, NOTE]], { ended: 'cut' }),
      'cut-between-events',
      'unknown',
      'cut-between-events',
    ],
    [
      'all at the beginning, then nothing',
      received(
        [
          [10, NOTE],
          [10, RESULT],
        ],
        { durationMs: 3000 },
      ),
      'complete',
      'unknown',
      'too-short',
    ],
    [
      'collected, while comments pass',
      received([...BEATS, ...AT_ONCE, [900, RESULT]]),
      'complete',
      'unknown',
      'events-at-once',
    ],
    ['one event, after comments', received([...BEATS, [900, RESULT]]), 'complete', 'unknown', 'events-at-once'],
    ['comments alone, and cut', received(BEATS, { ended: 'cut' }), 'cut-between-events', 'unknown', 'events-at-once'],
    [
      'in clumps, while comments pass',
      received(inOrder([...BEATS, ...CLUMPS, [1200, RESULT]])),
      'complete',
      'buffered',
      'clumped',
    ],
    [
      'live, each with a comment',
      received(inOrder([...LIVE, [900, RESULT], ...[100, 400, 700, 900].map((at): Arrival => [at, COMMENT])])),
      'complete',
      'delivered',
      'live',
    ],
    [
      'nothing until we left',
      received([], { ended: 'limit-seconds', durationMs: 5000 }),
      'stalled',
      'unknown',
      'stalled',
    ],
    ['refused', received([], { status: 403 }), 'refused', 'unknown', 'refused'],
    ['refused by an event stream', received([...LIVE], { status: 500 }), 'refused', 'unknown', 'refused'],
    [
      'no stream',
      received([], { headers: [['Content-Type', 'application/json']] }),
      'not-a-stream',
      'unknown',
      'not-a-stream',
    ],
  ] as const)('%s', (_name, record, completeness, kind, diagnosis) => {
    expect(completenessOf(record)).toBe(completeness);
    expect(deliveryOf(record)).toEqual({ kind, diagnosis });
  });

  it('is printed as one thing: what ends a stream, else how it was delivered', () => {
    expect(
      [received(AT_ONCE), received([...AT_ONCE, [900, RESULT]]), received([...LIVE, [900, RESULT]])].map((one) =>
        diagnose(one),
      ),
    ).toEqual(['no-response', 'origin-buffered', 'live']);
  });
});

describe('a diagnosis where somebody else answered', () => {
  const at524 = { kind: 'gateway', status: 524, name: 'Cloudflare' } as const;
  const redirect = { kind: 'redirect', status: 301, to: 'https://www.example.org/' } as const;

  it('names who it was, and no setting of eMCP', () => {
    expect(formatDiagnosis('refused', redirect)).toMatch(
      /^refused: redirected to https:\/\/www\.example\.org\/.*base URL/,
    );
    expect(formatDiagnosis('refused', redirect)).not.toContain('stream.enabled');
    expect(formatDiagnosis('refused', { kind: 'emcp', status: 403 })).toContain('stream.enabled');
  });

  it.each([504, 524])('takes HTTP %i for a gateway that gave up, with the limits to raise', (status) => {
    expect(diagnose(received([], { status }))).toBe('gateway-timeout');
    const text = formatDiagnosis('gateway-timeout', { ...at524, status });
    expect(text).toContain(`gateway-timeout: answered by Cloudflare, not by eMCP: HTTP ${status}; nginx: `);
  });

  it('is that of the stream where there was one', () => {
    expect(formatDiagnosis('compressed', at524)).toMatch(/^compressed: the stream is compressed/);
  });
});
