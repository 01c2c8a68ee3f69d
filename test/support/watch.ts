import type { Ids, StreamFrame, StreamRecord } from '../../src/model/probes.ts';
import { realClock } from '../../src/probes/clock.ts';
import { createAllowance } from '../../src/probes/allowance.ts';
import { createHttpClient } from '../../src/probes/http.ts';
import { leaseHttp } from '../../src/probes/leased-http.ts';
import { createMint } from '../../src/probes/jwt.ts';
import { createJournal } from '../../src/journal/recorder.ts';
import { createStream } from '../../src/probes/stream.ts';
import { legacy } from '../../src/protocol/eras/legacy.ts';

export interface WatchOptions {
  readonly seconds?: number;
  readonly stopAfterFrames?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly signal?: AbortSignal;
  readonly onFrame?: (frame: StreamFrame) => void;
}

const redactor = {
  learn: () => undefined,
  text: (value: string) => value,
  json: <T>(value: T) => value,
  shaped: <T>(value: T) => value,
};

function fakeIds(nonce: () => string): Ids {
  return { prefix: 'emcp-watch', nonce, name: () => `emcp-watch-${nonce()}`, uuid: () => 'u' };
}

/** One stream of a server, watched by the real probe. */
export async function watch(baseUrl: URL, options: WatchOptions = {}): Promise<StreamRecord> {
  return (await watchJournaled(baseUrl, options)).record;
}

export async function watchJournaled(baseUrl: URL, options: WatchOptions = {}) {
  const { signal = new AbortController().signal, seconds = 10, ...rest } = options;
  const http = createHttpClient();
  const journal = createJournal(redactor);
  const ids = fakeIds(() => 'n');
  const place = {
    http: leaseHttp(http, createAllowance(undefined, signal)),
    era: legacy,
    baseUrl,
    path: '/',
    defaultPath: '/',
    servers: ['content'],
    recorder: journal.recorderFor('test/watch'),
    personalData: journal.personalData,
    ids,
  };
  try {
    const record = await createStream(place).watch('tools/call', undefined, { ...rest, id: 1, seconds });
    return { record, journal: journal.entries() };
  } finally {
    await http.close();
  }
}

export interface CountOptions {
  readonly secret: string;
  readonly count: number;
  readonly sleepMs: number;
}

/** The counting tool of a reference server, called through whatever stands before it. */
export async function watchRoute(baseUrl: URL, { secret, count, sleepMs }: CountOptions): Promise<StreamRecord> {
  const { signal } = new AbortController();
  const http = createHttpClient();
  const ids = fakeIds(() => `n${Math.random()}`);
  const { personalData, ...journal } = createJournal(redactor);
  const recorder = journal.recorderFor('test/watch');
  const leased = leaseHttp(http, createAllowance(undefined, signal));
  const path = '/api/v1/mcp/{server}';
  const place = {
    http: leased,
    era: legacy,
    baseUrl,
    path,
    defaultPath: path,
    servers: ['hoststream'],
    recorder,
    personalData,
    ids,
  };
  try {
    const token = await createMint({ secret, clock: realClock(signal), ids }).token({ subject: ids.nonce() });
    const params = { name: 'host.stream.count', arguments: { count, sleep_ms: sleepMs } };
    return await createStream(place).watch('tools/call', params, { id: 1, token, seconds: 20 });
  } finally {
    await http.close();
  }
}
