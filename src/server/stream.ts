import type { Ports } from './ports.ts';
import { CMS_FAILURE_PAGE } from './pages.ts';

/** How a stream travels. */
export interface StreamPace {
  /** PHP collects all output and sends it at the end. */
  readonly buffered: boolean;
  /** Absent in the real runtime, which sends no heartbeat and never cuts. */
  readonly heartbeat: { readonly seconds: number; readonly maxSeconds: number } | undefined;
}

/** The body of a streamed answer: frames as they come, all at the end, or live with heartbeats and an end. */
export function paceStream(
  frames: AsyncIterable<string>,
  pace: StreamPace,
  { ports, signal }: { readonly ports: Pick<Ports, 'now' | 'sleep'>; readonly signal: AbortSignal },
): AsyncIterable<string> {
  const { heartbeat } = pace;
  const survivable = withFailurePage(frames);
  if (heartbeat !== undefined) return withHeartbeats(survivable, heartbeat, { ports, signal });
  return pace.buffered ? atTheEnd(survivable) : survivable;
}

/** The status is sent, so a failure can only append the page the CMS shows for it. */
async function* withFailurePage(frames: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* frames;
  } catch {
    yield CMS_FAILURE_PAGE;
  }
}

async function* atTheEnd(frames: AsyncIterable<string>): AsyncGenerator<string> {
  let all = '';
  for await (const frame of frames) all += frame;
  yield all;
}

type Beat = { readonly kind: 'beat' } | { readonly kind: 'frame'; readonly frame: IteratorResult<string> };

async function* withHeartbeats(
  frames: AsyncIterable<string>,
  { seconds, maxSeconds }: { readonly seconds: number; readonly maxSeconds: number },
  { ports, signal }: { readonly ports: Pick<Ports, 'now' | 'sleep'>; readonly signal: AbortSignal },
): AsyncGenerator<string> {
  const endsAt = ports.now() + maxSeconds * 1000;
  const source = frames[Symbol.asyncIterator]();
  let next = source.next();
  for (;;) {
    const left = endsAt - ports.now();
    if (signal.aborted || left <= 0) return;
    const beat = await nextBeat(next, { ports, signal, wait: Math.min(seconds * 1000, left) });
    if (beat.kind === 'frame') {
      if (beat.frame.done === true) return;
      yield beat.frame.value;
      next = source.next();
    } else if (!signal.aborted && ports.now() < endsAt) {
      yield ': heartbeat\n\n';
    }
  }
}

async function nextBeat(
  next: Promise<IteratorResult<string>>,
  {
    ports,
    signal,
    wait,
  }: { readonly ports: Pick<Ports, 'sleep'>; readonly signal: AbortSignal; readonly wait: number },
): Promise<Beat> {
  const timer = new AbortController();
  const beat = ports.sleep(wait, AbortSignal.any([signal, timer.signal])).then((): Beat => ({ kind: 'beat' }));
  try {
    return await Promise.race([next.then((frame): Beat => ({ kind: 'frame', frame })), beat]);
  } finally {
    timer.abort();
  }
}
