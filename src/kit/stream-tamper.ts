import type { HeaderList } from '../model/evidence.ts';

/** The parts of a server's response a fault of a stream may change; the server's own type fits it. */
interface Streamed {
  readonly headers: HeaderList;
  readonly body: Uint8Array | string | AsyncIterable<string>;
}

type Application<Request, Response> = (request: Request, signal: AbortSignal) => Promise<Response>;

export interface StreamChange {
  readonly head?: (headers: HeaderList) => HeaderList;
  readonly body?: (parts: AsyncIterable<string>) => AsyncIterable<string>;
}

/** A fault of the layer `app`: streamed answers are changed, all others pass untouched. */
export function tamperStream({ head, body: change }: StreamChange) {
  return <Request, Response extends Streamed>(app: Application<Request, Response>): Application<Request, Response> =>
    async (request, signal) => {
      const response = await app(request, signal);
      const { headers, body } = response;
      if (typeof body === 'string' || body instanceof Uint8Array) return response;
      return { ...response, headers: head?.(headers) ?? headers, body: change?.(body) ?? body };
    };
}

/** A header in place of all of its name, or none. */
export function replaceHeader(name: string, value?: string): (headers: HeaderList) => HeaderList {
  return (headers) => {
    const others = headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
    return value === undefined ? others : [...others, [name, value]];
  };
}

/** The same parts, and then some. */
export function followedBy(text: string): (parts: AsyncIterable<string>) => AsyncIterable<string> {
  return async function* follow(parts) {
    yield* parts;
    yield text;
  };
}
