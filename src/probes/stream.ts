import { header, type Exchange } from '../model/evidence.ts';
import type { JsonObject } from '../model/json.ts';
import type { StreamFrame, StreamProbe } from '../model/probes.ts';
import { diagnose } from '../protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../protocol/stream-diagnosis-advice.ts';
import { requestIn } from './era-request.ts';
import type { HttpReply, HttpRequest } from './http.ts';
import {
  answerTo,
  credentialsOf,
  exchangeOf,
  outcomeOf,
  prepare,
  questionOf,
  withoutPersonalData,
  type RouteOptions,
} from './route.ts';
import { DEFAULT_LIMITS } from './stream-limits.ts';
import { watchStream, type Watched } from './stream-watch.ts';

// Clients of the web offer compression, and a server that uses it on a stream is to be found out.
const OFFERED_CODINGS = 'gzip, deflate, br';

/** What the journal keeps of a stream's beginning. */
const FRAMES_KEPT = 200;

export type StreamOptions = Omit<RouteOptions, 'name'> & Pick<StreamProbe, 'open'>;

/** Streams of the API route, or of the manager route where `path` says so. */
export function createStream(options: StreamOptions): StreamProbe {
  const { http, recorder } = options;
  const { signal } = http.allowance;
  return {
    ...(options.open === undefined ? {} : { open: options.open }),
    async watch(method, params, { seconds, stopAfterFrames, onFrame, ...asked }) {
      const request = requestIn(options.era, [method, params, asked]);
      const headers = { 'Accept-Encoding': OFFERED_CODINGS, ...request.headers };
      const question = prepare({ ...request, headers }, { ...options, name: 'mcp' });
      const limits = { ...DEFAULT_LIMITS, seconds };
      const { value, evidence } = await recorder.ask(
        {
          probe: 'stream',
          question: { ...questionOf(request, question), seconds },
          credentials: credentialsOf(request),
        },
        async () => {
          const open = (inner: AbortSignal) => http.open(question, inner, httpLimits(seconds));
          const shown = (frame: StreamFrame): StreamFrame => withoutPeople(frame, question, options);
          const watched = await watchStream(open, { limits, signal, shown, stopAfterFrames, onFrame });
          const answer = exchangeOf(question, replyOf(watched), { brief: recorder.brief, earlier: http.traces });
          const exchange = withoutPersonalData(answer, question, options);
          const diagnosis = diagnosisOf(watched, exchange);
          return { value: { watched, exchange, diagnosis }, outcome: outcomeOfStream(watched, exchange, diagnosis) };
        },
      );
      const { frames, chunks, ended, unfinished, durationMs } = value.watched;
      const exchange = answerTo(request, { ...value.exchange, evidence }, http);
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
function diagnosisOf(watched: Watched, exchange: Omit<Exchange, 'evidence'>): string {
  const declared = Number(header(exchange, 'x-emcp-heartbeat-seconds') ?? Number.NaN);
  const kind = diagnose({ ...watched, exchange }, declared > 0 ? declared * 1000 : undefined);
  return formatDiagnosis(kind, exchange.answeredBy);
}

function outcomeOfStream(watched: Watched, exchange: Omit<Exchange, 'evidence'>, diagnosis: string): JsonObject {
  const { frames, chunks, ended, unfinished, durationMs } = watched;
  const kept = frames.slice(0, FRAMES_KEPT).map(keptFrame);
  const counts = { count: frames.length, chunks: chunks.length };
  const stream = { ended, unfinished, durationMs: Math.round(durationMs), ...counts, diagnosis };
  return { ...outcomeOf(replyOf(watched), exchange), stream: { ...stream, frames: kept } };
}

/** Comments are heartbeats. */
function withoutPeople(frame: StreamFrame, { personal }: HttpRequest, { personalData }: StreamOptions): StreamFrame {
  const isPlain = personal !== true || frame.kind === 'comment' || frame.kind === 'retry';
  return isPlain ? frame : { ...frame, data: personalData.replaced(frame.data) };
}

function keptFrame({ kind, data, event, id, at, offset }: StreamFrame): JsonObject {
  const named = { ...(event === undefined ? {} : { event }), ...(id === undefined ? {} : { id }) };
  return { kind, data, ...named, at: Math.round(at), offset };
}
