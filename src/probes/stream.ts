import type { Codec } from '../journal/recorder.ts';
import { header } from '../model/evidence.ts';
import { textOf } from '../model/journal-entry.ts';
import type { StreamFrame, StreamProbe } from '../model/probes.ts';
import { diagnose } from '../protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../protocol/stream-diagnosis-advice.ts';
import { requestIn } from './era-request.ts';
import type { HttpReply, HttpRequest } from './http.ts';
import { exchangeCodec, exchangeOf, responseOf, type Response } from './http-response.ts';
import { answerTo, askedOf, prepare, type RouteOptions } from './route.ts';
import { DEFAULT_LIMITS } from './stream-limits.ts';
import { watchStream, type Watched } from './stream-watch.ts';

// Clients of the web offer compression, and a server that uses it on a stream is to be found out.
const OFFERED_CODINGS = 'gzip, deflate, br';

/** What the journal keeps of a stream's beginning: frames, characters in them, chunks. */
const FRAMES_KEPT = 2_000;
const DATA_KEPT = 512 * 1024;
const CHUNKS_KEPT = 5_000;

export type StreamOptions = Omit<RouteOptions, 'name'> & Pick<StreamProbe, 'open'>;

/** Streams of the API route, or of the manager route where `path` says so. */
export function createStream(options: StreamOptions): StreamProbe {
  const { http: leased, recorder } = options;
  const { signal } = leased.allowance;
  return {
    ...(options.open === undefined ? {} : { open: options.open }),
    async watch(method, params, { seconds, stopAfterFrames, onFrame, ...rest }) {
      const request = requestIn(options.era, [method, params, rest]);
      const headers = { 'Accept-Encoding': OFFERED_CODINGS, ...request.headers };
      const http = prepare({ ...request, headers }, { ...options, name: 'mcp' });
      const limits = { ...DEFAULT_LIMITS, seconds };
      const { request: sent, ...about } = askedOf({ ...request, headers }, http);
      const watching = { limitSeconds: seconds, ...(stopAfterFrames === undefined ? {} : { stopAfterFrames }) };
      const { value, evidence, atMs } = await recorder.record(
        streamCodec,
        { ...about, request: { ...sent, ...watching } },
        async () => {
          const open = (inner: AbortSignal) => leased.open(http, inner, httpLimits(seconds));
          const shown = (frame: StreamFrame): StreamFrame => withoutPeople(frame, http, options);
          const watched = await watchStream(open, { limits, signal, shown, stopAfterFrames, onFrame });
          const reading = { ...options, brief: recorder.brief, earlier: leased.traces };
          const response = responseOf(http, replyOf(watched), reading);
          return { watched, response, diagnosis: diagnosisOf(watched, response) };
        },
      );
      const { frames, chunks, ended, unfinished, durationMs } = value.watched;
      const exchange = answerTo(request, exchangeOf(http, { value: value.response, evidence, atMs }), leased);
      const { answeredBy } = exchange;
      const record = { evidence, answeredBy, exchange, frames, chunks, ended, unfinished, durationMs };
      return { ...record, diagnosis: value.diagnosis };
    },
  };
}

/** The watch has limits of its own; silence and size are what it is there to see. */
function httpLimits(seconds: number) {
  const totalMs = (seconds + 1) * 1000;
  return { totalMs, firstByteMs: totalMs, idleMs: 0, bodyBytes: Number.MAX_SAFE_INTEGER };
}

function replyOf({ status, headers, text, firstByteMs, durationMs }: Watched): HttpReply {
  return { status, headers, body: Buffer.from(text), firstByteMs, totalMs: durationMs };
}

/** In words, with the heartbeats the answer itself declares. */
function diagnosisOf(watched: Received, response: Response): string {
  const declared = Number(header(response, 'x-emcp-heartbeat-seconds') ?? Number.NaN);
  const exchange = { ...response, timing: { atMs: 0, ...response.timing } };
  const kind = diagnose({ ...watched, exchange }, declared > 0 ? declared * 1000 : undefined);
  return formatDiagnosis(kind, response.answeredBy);
}

type Received = Pick<Watched, 'frames' | 'chunks' | 'ended' | 'unfinished' | 'durationMs'>;

interface Streamed {
  readonly watched: Received;
  readonly response: Response;
  readonly diagnosis: string;
}

const streamCodec: Codec<'stream', Streamed> = {
  kind: 'stream',
  keep({ watched, response, diagnosis }) {
    const { frames, chunks, ended, unfinished, durationMs } = watched;
    const kept = beginningOf(frames);
    return {
      ...exchangeCodec.keep(response),
      frames: kept.map(keptFrame),
      ...cutOf(frames, kept.length, 'framesCut'),
      chunks: chunks.slice(0, CHUNKS_KEPT).map(({ at, bytes }): [number, number] => [at, bytes]),
      ...cutOf(chunks, CHUNKS_KEPT, 'chunksCut'),
      ended,
      unfinished,
      durationMs,
      diagnosis,
    };
  },
  read({ frames, chunks, ended, unfinished, durationMs, diagnosis, ...response }) {
    return {
      watched: {
        frames: frames.map(({ kind, data, event, id, atMs, offset }) => {
          return { kind, data: textOf(data), event, id, at: atMs, offset };
        }),
        chunks: chunks.map(([at, bytes]) => ({ at, bytes })),
        ended,
        unfinished,
        durationMs,
      },
      response: exchangeCodec.read(response),
      diagnosis,
    };
  },
};

/** The first frames, as many as are kept. */
function beginningOf(frames: readonly StreamFrame[]): readonly StreamFrame[] {
  const kept: StreamFrame[] = [];
  let characters = 0;
  for (const frame of frames.slice(0, FRAMES_KEPT)) {
    characters += frame.data.length + (frame.event?.length ?? 0) + (frame.id?.length ?? 0);
    if (characters > DATA_KEPT) break;
    kept.push(frame);
  }
  return kept;
}

function cutOf(list: readonly unknown[], kept: number, key: 'framesCut' | 'chunksCut') {
  return list.length > kept ? { [key]: { kept, of: list.length } } : {};
}

/** Comments are heartbeats. */
function withoutPeople(frame: StreamFrame, { personal }: HttpRequest, { personalData }: StreamOptions): StreamFrame {
  const isPlain = personal !== true || frame.kind === 'comment' || frame.kind === 'retry';
  return isPlain ? frame : { ...frame, data: personalData.replaced(frame.data) };
}

function keptFrame({ kind, data, event, id, at, offset }: StreamFrame) {
  const named = { ...(event === undefined ? {} : { event }), ...(id === undefined ? {} : { id }) };
  return { kind, data, ...named, atMs: at, offset };
}
