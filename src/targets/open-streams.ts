import { setTimeout as pause } from 'node:timers/promises';
import type { StreamProbe } from '../model/probes.ts';
import type { Codec, Recorder } from '../journal/recorder.ts';
import type { App, ServerResponse } from '../server/message.ts';

export interface OpenStreams {
  readonly app: App;
  readonly count: () => number;
}

/** The same app, with a count of the streamed answers it still produces. */
export function countStreams(app: App): OpenStreams {
  let open = 0;
  async function* counted(body: AsyncIterable<string>): AsyncGenerator<string> {
    open += 1;
    try {
      yield* body;
    } finally {
      open -= 1;
    }
  }
  return {
    count: () => open,
    async app(request, signal): Promise<ServerResponse> {
      const response = await app(request, signal);
      const { body } = response;
      return typeof body === 'string' || body instanceof Uint8Array ? response : { ...response, body: counted(body) };
    },
  };
}

const LOOK_EVERY_MS = 20;

/** What a check may ask of the count; sockets take real time. */
export function askOpenStreams(
  { count }: Pick<OpenStreams, 'count'>,
  recorder: Recorder,
): NonNullable<StreamProbe['open']> {
  return async (withinMs) => {
    const { value, evidence } = await recorder.record(openStreamsCodec, { request: { withinMs } }, async () => {
      const until = performance.now() + withinMs;
      while (count() > 0 && performance.now() < until) await pause(LOOK_EVERY_MS);
      return count();
    });
    return { streams: value, evidence };
  };
}

const openStreamsCodec: Codec<'open-streams', number> = {
  kind: 'open-streams',
  keep: (streams) => ({ streams }),
  read: ({ streams }) => streams,
};
