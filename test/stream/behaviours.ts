import { createGzip } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { diagnose, type DiagnosisKind } from '../../src/protocol/stream-diagnosis.ts';
import { serve, STREAM_HEADERS } from '../support/event-server.ts';
import {
  bodyCollected,
  clumped,
  collected,
  cutAt,
  delayed,
  impatient,
  shapingProxy,
  throttled,
  withoutComments,
  type Shape,
} from '../support/shaping-proxy.ts';
import { watch } from '../support/watch.ts';

/** What an origin does, what stands before it, and the one diagnosis that is right. */
export interface Behaviour {
  readonly name: string;
  readonly diagnosis: DiagnosisKind;
  readonly origin: (response: ServerResponse) => unknown;
  readonly shape?: Shape;
  /** Declared seconds between heartbeats. */
  readonly heartbeat?: number;
  readonly seconds?: number;
}

const EVERY_MS = 120;
const THROUGH_NGINX = { ...STREAM_HEADERS, 'X-Accel-Buffering': '', Server: 'nginx' } as const;

interface Telling {
  readonly headers?: Readonly<Record<string, string>>;
  readonly events?: number;
  readonly every?: number;
  readonly beat?: number;
  readonly last?: string;
}

const notification = (progress: number): string =>
  `data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":${progress}}}\n\n`;
const RESPONSE = 'data: {"jsonrpc":"2.0","id":1,"result":{"content":[]}}\n\n';

/** Notifications at a steady pace, then a response; `beat` sends comments meanwhile. */
function telling({ headers = STREAM_HEADERS, events = 6, every = EVERY_MS, beat, last = RESPONSE }: Telling = {}) {
  return async (response: ServerResponse): Promise<void> => {
    response.writeHead(200, withoutBlank(headers));
    response.flushHeaders();
    const timer = beat === undefined ? undefined : setInterval(() => response.write(': heartbeat\n\n'), beat);
    response.once('close', () => clearInterval(timer));
    for (let progress = 1; progress <= events && !response.destroyed; progress += 1) {
      response.write(notification(progress));
      await pause(every);
    }
    clearInterval(timer);
    response.end(last);
  };
}

function withoutBlank(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}

async function inBlocks(response: ServerResponse): Promise<void> {
  response.writeHead(200, STREAM_HEADERS);
  response.flushHeaders();
  const all = Buffer.from(`${notification(1).repeat(40)}${RESPONSE}`);
  for (let start = 0; start < all.length; start += 1024) {
    await pause(EVERY_MS);
    response.write(all.subarray(start, start + 1024));
  }
  response.end();
}

/** Comments at a steady pace, then all events at once. */
async function commented(response: ServerResponse): Promise<void> {
  response.writeHead(200, STREAM_HEADERS);
  for (let turn = 0; turn < 5; turn += 1) {
    response.write(': heartbeat\n\n');
    await pause(EVERY_MS);
  }
  response.end(notification(1) + notification(2) + RESPONSE);
}

async function compressed(response: ServerResponse): Promise<void> {
  response.writeHead(200, { ...STREAM_HEADERS, 'Content-Encoding': 'gzip' });
  const gzip = createGzip();
  gzip.pipe(response);
  for (let progress = 1; progress <= 4; progress += 1) {
    gzip.write(notification(progress));
    gzip.flush();
    await pause(EVERY_MS);
  }
  gzip.end(RESPONSE);
}

async function endless(response: ServerResponse): Promise<void> {
  response.writeHead(200, STREAM_HEADERS);
  while (!response.destroyed) {
    response.write(': still here\n\n');
    await pause(50);
  }
}

function silent(response: ServerResponse): void {
  response.writeHead(200, STREAM_HEADERS);
  response.write(notification(1));
}

function oneLongLine(response: ServerResponse): void {
  response.writeHead(200, STREAM_HEADERS);
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function refused(response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'application/json' });
  response.end('{"error":{"code":"streaming_disabled"}}');
}

function plain(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('{"jsonrpc":"2.0","id":1,"result":{}}');
}

export const BEHAVIOURS: readonly Behaviour[] = [
  { name: 'a live stream', diagnosis: 'live', origin: telling() },
  { name: 'a live stream through a quiet proxy', diagnosis: 'live', origin: telling({ headers: THROUGH_NGINX }) },
  { name: 'PHP collects its output', diagnosis: 'origin-buffered', origin: telling(), shape: bodyCollected },
  {
    name: 'a proxy collects the answer',
    diagnosis: 'proxy-buffered',
    origin: telling({ headers: THROUGH_NGINX }),
    shape: collected,
  },
  { name: 'PHP collects blocks', diagnosis: 'block-buffered', origin: inBlocks },
  { name: 'a proxy clumps', diagnosis: 'clumped', origin: telling({ events: 12, every: 60 }), shape: clumped(240) },
  { name: 'a proxy delays', diagnosis: 'delayed', origin: telling(), shape: delayed(1000) },
  {
    name: 'a proxy drops comments',
    diagnosis: 'no-heartbeats',
    origin: telling({ events: 2, every: 500, beat: 100 }),
    shape: withoutComments,
    heartbeat: 0.1,
  },
  {
    name: 'heartbeats at half the pace',
    diagnosis: 'irregular-heartbeats',
    origin: telling({ events: 1, every: 900, beat: 200 }),
    heartbeat: 0.1,
  },
  {
    name: 'heartbeats as declared',
    diagnosis: 'live',
    origin: telling({ events: 1, every: 2_100, beat: 300 }),
    heartbeat: 0.3,
  },
  { name: 'a proxy beats and collects events', diagnosis: 'events-at-once', origin: commented },
  { name: 'compression', diagnosis: 'compressed', origin: compressed },
  { name: 'a cut in an event', diagnosis: 'cut-mid-event', origin: telling(), shape: cutAt(300) },
  {
    name: 'a cut after an event',
    diagnosis: 'cut-between-events',
    origin: telling({ every: 60 }),
    shape: cutAt(notification(1).length + 6),
  },
  {
    name: 'an idle timeout',
    diagnosis: 'idle-timeout',
    origin: telling({ events: 2, every: 900 }),
    shape: impatient(600),
  },
  { name: 'no response', diagnosis: 'no-response', origin: telling({ last: notification(9) }) },
  { name: 'two responses', diagnosis: 'several-responses', origin: telling({ last: RESPONSE + RESPONSE }) },
  {
    name: 'an error page',
    diagnosis: 'error-page',
    origin: telling({ last: '<!doctype html>\n<title>Oops</title>\n' }),
  },
  {
    name: 'one byte at a time',
    diagnosis: 'throttled',
    origin: telling({ every: 1 }),
    shape: throttled(40),
    seconds: 1,
  },
  { name: 'comments without end', diagnosis: 'never-ending', origin: endless, seconds: 0.8 },
  { name: 'silence without end', diagnosis: 'stalled', origin: silent, seconds: 1.5 },
  { name: 'a line without end', diagnosis: 'line-too-long', origin: oneLongLine },
  { name: 'a refusal', diagnosis: 'refused', origin: refused },
  { name: 'a plain answer', diagnosis: 'not-a-stream', origin: plain },
  { name: 'a stream of a moment', diagnosis: 'too-short', origin: telling({ events: 2, every: 5 }) },
];

/** The behaviour as it is, watched once. */
export async function diagnosed({ origin, shape, heartbeat, seconds = 6 }: Behaviour): Promise<DiagnosisKind> {
  const server = await serve((_request, response) => {
    void Promise.resolve(origin(response));
  });
  const proxy = shape === undefined ? undefined : await shapingProxy(server.url, shape);
  try {
    const record = await watch(proxy?.url ?? server.url, { seconds });
    return diagnose(record, heartbeat === undefined ? undefined : heartbeat * 1000);
  } finally {
    await proxy?.close();
    await server.close();
  }
}
