import { header, type CheckContext, type Expectations, type StreamRecord } from './vocabulary.ts';

export type StreamPromise = NonNullable<Expectations['stream']>;

/** The id of the request whose answer streams; the response has to carry it. */
export const STREAM_REQUEST_ID = 'emcp-stream';

/** Milliseconds a check that watches a whole stream may take. */
export const STREAM_TIME_LIMIT = 240_000;
const LONGEST_WATCH_S = 230;

/** A stream may overrun its promise by half and is still watched to its end. */
function watchSeconds({ maxSeconds }: StreamPromise): number {
  return Math.min(1.5 * maxSeconds + 5, LONGEST_WATCH_S);
}

/** What the profile expects of streams; the plan runs no check of streams without it. */
export function streamPromise({ stream }: Expectations): StreamPromise {
  if (stream === undefined) throw new TypeError('the check does not say that it is about a streaming tool');
  return stream;
}

/** Calls the promised tool and watches its answer, as long as promised unless told otherwise. */
export async function watchTool(
  { stream, token }: CheckContext<'stream' | 'token', never>,
  promise: StreamPromise,
  seconds: number = watchSeconds(promise),
): Promise<StreamRecord> {
  const params = { name: promise.tool, arguments: promise.arguments };
  return stream.watch('tools/call', params, {
    server: promise.server,
    token: await token.sound(),
    id: STREAM_REQUEST_ID,
    seconds,
  });
}

/** Whole seconds a header declares; what it says instead where it is no positive number. */
export function declaredSeconds({ exchange }: StreamRecord, name: string): number | string | undefined {
  const value = header(exchange, name);
  return value !== undefined && /^[1-9]\d*$/.test(value) ? Number(value) : value;
}
