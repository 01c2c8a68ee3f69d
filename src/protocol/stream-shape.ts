import { header, headers, mediaType, type Exchange, type HeaderList } from '../model/evidence.ts';
import type { StreamRecord } from '../model/probes.ts';
import { cadenceOf, type Cadence } from './stream-cadence.ts';
import { messagesOf } from './stream-messages.ts';

/** What of a record tells whether a stream is complete and how it was delivered. */
export interface ReceivedStream extends Omit<StreamRecord, 'evidence' | 'answeredBy' | 'exchange' | 'diagnosis'> {
  readonly exchange: Pick<Exchange, 'status' | 'headers' | 'timing'>;
}

/** What came together: nothing else followed within a moment. */
export interface Burst {
  readonly at: number;
  readonly frames: number;
  /** Frames that are events: neither a comment nor anything else a proxy or PHP may add. */
  readonly events: number;
  readonly bytes: number;
  /** It stopped in the middle of a frame. */
  readonly cutsFrame: boolean;
}

/** A stream reduced to what tells who held it up. Times are milliseconds. */
export interface StreamShape {
  readonly status: number;
  readonly isStream: boolean;
  readonly coding: string | undefined;
  /** What in the headers tells of something between us and PHP. */
  readonly between: string | undefined;
  readonly ended: StreamRecord['ended'];
  readonly unfinished: boolean;
  readonly chunkedEnd: boolean;
  readonly firstByteMs: number;
  readonly durationMs: number;
  readonly bursts: readonly Burst[];
  readonly events: number;
  readonly malformed: number;
  readonly responses: number;
  /** Longest time between two bursts, and the time from the last one to the end. */
  readonly longestGap: number;
  readonly silenceAtEnd: number;
  readonly cadence: Cadence | undefined;
}

/** Frames that come within this time of each other came together. */
const TOGETHER_MS = 25;

export function shapeOf(record: ReceivedStream, declaredHeartbeatMs: number | undefined): StreamShape {
  const { exchange, frames, ended, unfinished, durationMs } = record;
  const firstByteMs = exchange.timing.firstByteMs;
  const bursts = burstsOf(record);
  const times = [firstByteMs, ...bursts.map(({ at }) => at)];
  const last = times.at(-1) ?? firstByteMs;
  return {
    status: exchange.status,
    isStream: mediaType(exchange) === 'text/event-stream',
    coding: codingOf(exchange),
    between: intermediaryOf(exchange),
    ended,
    unfinished,
    chunkedEnd: header(exchange, 'transfer-encoding') !== undefined || header(exchange, 'content-length') !== undefined,
    firstByteMs,
    durationMs,
    bursts,
    events: frames.filter(({ kind }) => kind === 'event').length,
    malformed: frames.filter(({ kind }) => kind === 'malformed').length,
    responses: messagesOf(frames).responses.length,
    longestGap: Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time))),
    silenceAtEnd: durationMs - last,
    cadence:
      declaredHeartbeatMs === undefined
        ? undefined
        : cadenceOf(frames, declaredHeartbeatMs, { from: firstByteMs, to: durationMs }),
  };
}

function burstsOf({ chunks, frames }: ReceivedStream): readonly Burst[] {
  const bursts: { at: number; last: number; bytes: number; end: number }[] = [];
  let offset = 0;
  for (const { at, bytes } of chunks) {
    offset += bytes;
    const open = bursts.at(-1);
    if (open !== undefined && at - open.last < TOGETHER_MS) {
      Object.assign(open, { last: at, bytes: open.bytes + bytes, end: offset });
    } else bursts.push({ at, last: at, bytes, end: offset });
  }
  let counted = 0;
  return bursts.map(({ at, bytes, end }) => {
    const before = counted;
    while (counted < frames.length && (frames[counted]?.offset ?? 0) <= end) counted += 1;
    // Line ends behind a frame belong to it, so a burst that ends with its frame need not end at the same byte.
    const cutsFrame = counted < frames.length && end - (frames[counted - 1]?.offset ?? 0) > 2;
    const own = frames.slice(before, counted);
    return { at, bytes, frames: own.length, events: own.filter(({ kind }) => kind === 'event').length, cutsFrame };
  });
}

function codingOf(exchange: { readonly headers: HeaderList }): string | undefined {
  const coding = header(exchange, 'content-encoding')?.trim().toLowerCase();
  return coding === '' || coding === 'identity' ? undefined : coding;
}

const PROXIES = [
  'nginx',
  'openresty',
  'tengine',
  'angie',
  'cloudflare',
  'envoy',
  'varnish',
  'haproxy',
  'traefik',
  'caddy',
];

/** What tells of a proxy; for the diagnosis alone, a missing `X-Accel-Buffering` is a hint of one that hides. */
function intermediaryOf(exchange: { readonly headers: HeaderList }): string | undefined {
  for (const name of ['via', 'cf-ray', 'x-varnish', 'x-served-by', 'x-cache', 'x-amz-cf-id']) {
    if (headers(exchange, name).length > 0) return name;
  }
  const server = headers(exchange, 'server').join(' ').toLowerCase();
  const found = PROXIES.find((name) => server.includes(name));
  if (found !== undefined) return found;
  return header(exchange, 'x-accel-buffering') === undefined ? 'no X-Accel-Buffering' : undefined;
}
