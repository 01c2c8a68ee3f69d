import { Unreachable } from '../model/errors.ts';
import { header, mediaType, type HeaderList } from '../model/evidence.ts';
import type { StreamFrame, StreamRecord } from '../model/probes.ts';
import { CorruptCoding, decoded } from './stream-decoding.ts';
import { frameReader, type FrameReader } from './stream-frames.ts';
import type { StreamLimits } from './stream-limits.ts';

/** The head of an answer and its body as it arrives, still encoded. */
export interface StreamedAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: AsyncIterable<Uint8Array>;
  release(): void;
}

/** Sends the request and gives the answer as soon as its head is there; the signal ends it at any time. */
export type OpenStream = (signal: AbortSignal) => Promise<StreamedAnswer>;

export interface WatchOptions {
  readonly limits: StreamLimits;
  readonly signal: AbortSignal;
  readonly stopAfterFrames?: number | undefined;
  /** What may be seen of a frame, by callers and in the journal. */
  readonly shown: (frame: StreamFrame) => StreamFrame;
  readonly onFrame?: ((frame: StreamFrame) => void) | undefined;
}

export interface Watched extends Omit<StreamRecord, 'evidence' | 'answeredBy' | 'exchange' | 'diagnosis'> {
  readonly status: number;
  readonly headers: HeaderList;
  readonly firstByteMs: number;
  /** The body of an answer that is no event stream. */
  readonly text: string;
}

type Ended = StreamRecord['ended'];
type Chunk = StreamRecord['chunks'][number];

interface Reading {
  readonly limits: StreamLimits;
  readonly reader: FrameReader;
  /** Aborted with the way the stream ended as its reason. */
  readonly signal: AbortSignal;
  readonly elapsed: () => number;
  readonly onChunk: (chunk: Chunk) => void;
}

/** One request whose answer is watched until it ends or reaches a limit. Throws where no answer came, or what is no affair of the network. */
export async function watchStream(open: OpenStream, options: WatchOptions): Promise<Watched> {
  const began = performance.now();
  const elapsed = (): number => Math.round((performance.now() - began) * 100) / 100;
  const control = new AbortController();
  const cancel = (): void => control.abort('cancelled' satisfies Ended);
  const timer = setTimeout(() => control.abort('limit-seconds' satisfies Ended), options.limits.seconds * 1000);
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  let answer: StreamedAnswer | undefined;
  try {
    answer = await openAnswer(open, options, control.signal);
    const firstByteMs = elapsed();
    const watched = await readAnswer(answer, { options, signal: control.signal, elapsed });
    return { ...watched, status: answer.status, headers: answer.headers, firstByteMs, durationMs: elapsed() };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', cancel);
    answer?.release();
  }
}

async function openAnswer(open: OpenStream, options: WatchOptions, signal: AbortSignal): Promise<StreamedAnswer> {
  try {
    return await open(signal);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!signal.aborted) throw error;
    throw new Unreachable('timeout-first-byte', `no answer within ${options.limits.seconds} s`, error);
  }
}

interface Context {
  readonly options: WatchOptions;
  readonly signal: AbortSignal;
  readonly elapsed: () => number;
}

async function readAnswer(answer: StreamedAnswer, { options, signal, elapsed }: Context) {
  const chunks: Chunk[] = [];
  const reader = frameReader(options.limits.lineBytes);
  const onChunk = (chunk: Chunk): void => noteChunk(chunks, chunk);
  const reading: Reading = { limits: options.limits, reader, signal, elapsed, onChunk };
  const body = decoded(answer.body, header(answer, 'content-encoding'));
  if (mediaType(answer) !== 'text/event-stream') {
    const { text, ended } = await readText(body, reading);
    return { text, ended, chunks, frames: [], unfinished: false };
  }
  const { frames, ended } = await collect(readFrames(body, reading), options);
  return { text: '', ended, chunks, frames, unfinished: reader.unfinished() };
}

/** Frames as they arrive; what it returns at last is how the stream ended. */
async function* readFrames(
  body: AsyncIterable<Uint8Array>,
  { limits, reader, signal, elapsed, onChunk }: Reading,
): AsyncGenerator<StreamFrame, Ended, void> {
  let events = 0;
  let bytes = 0;
  try {
    for await (const piece of body) {
      const at = elapsed();
      onChunk({ at, bytes: piece.length });
      for (const frame of reader.push(piece, at)) {
        if (frame === 'too-long') return 'limit-line';
        yield frame;
        events += 1;
        if (events >= limits.events) return 'limit-events';
      }
      bytes += piece.length;
      if (bytes >= limits.bytes) return 'limit-bytes';
    }
    return endedBy(signal, 'closed');
  } catch (error) {
    return endedByError(error, signal);
  }
}

async function collect(source: AsyncGenerator<StreamFrame, Ended, void>, options: WatchOptions) {
  const frames: StreamFrame[] = [];
  try {
    for (;;) {
      const next = await source.next();
      if (next.done === true) return { frames, ended: next.value };
      const frame = options.shown(next.value);
      frames.push(frame);
      options.onFrame?.(frame);
      if (frames.length === options.stopAfterFrames) return { frames, ended: 'cancelled' as const };
    }
  } finally {
    // However watching ends, the connection is let go.
    await source.return('cancelled');
  }
}

async function readText(body: AsyncIterable<Uint8Array>, { limits, signal, elapsed, onChunk }: Reading) {
  const pieces: Uint8Array[] = [];
  let left: number = limits.lineBytes;
  let ended: Ended = 'closed';
  try {
    for await (const piece of body) {
      onChunk({ at: elapsed(), bytes: piece.length });
      pieces.push(piece.subarray(0, left));
      left -= piece.length;
      if (left > 0) continue;
      ended = 'limit-bytes';
      break;
    }
  } catch (error) {
    ended = endedByError(error, signal);
  }
  return { text: Buffer.concat(pieces).toString('utf8'), ended };
}

function endedBy(signal: AbortSignal, otherwise: Ended): Ended {
  return signal.aborted ? (signal.reason as Ended) : otherwise;
}

/** A stream is cut by the network or ended by us; any other error is somebody's mistake, and no end of a stream. */
function endedByError(error: unknown, signal: AbortSignal): Ended {
  const ofNetwork = error instanceof Unreachable && !(error instanceof CorruptCoding);
  if (!ofNetwork && !(signal.aborted && error === signal.reason)) throw error;
  return endedBy(signal, 'cut');
}

/** What came within a millisecond is one chunk, so that a drip cannot fill the memory. */
function noteChunk(chunks: Chunk[], { at, bytes }: Chunk): void {
  const last = chunks.at(-1);
  if (last !== undefined && at - last.at < 1) chunks[chunks.length - 1] = { at: last.at, bytes: last.bytes + bytes };
  else chunks.push({ at, bytes });
}
