import type { ServerRequest, ServerResponse } from './message.ts';

/** What happens on the socket, in order: bytes are written, time passes, or the connection is cut. */
export type WirePiece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'cut' };

/**
 * Stands between the answer and the socket. It is given the answer as HTTP/1.1 bytes, the head as the first piece and
 * each part of the body as one more, and gives back what is really written; the connection is closed afterwards.
 */
export type Wire = (
  pieces: AsyncIterable<WirePiece>,
  exchange: { readonly request: ServerRequest; readonly response: ServerResponse },
) => AsyncIterable<WirePiece>;

/** An answer as the bytes of HTTP/1.1, with a length where it is known and in chunks where it is not. */
export async function* httpPieces(response: ServerResponse, reason: string): AsyncGenerator<WirePiece> {
  const { status, headers, body } = response;
  const whole = wholeBody(body);
  const framing = whole === undefined ? 'Transfer-Encoding: chunked' : `Content-Length: ${whole.length}`;
  const lines = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`), framing];
  yield bytes(Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1'));
  if (whole !== undefined) {
    if (whole.length > 0) yield bytes(whole);
    return;
  }
  for await (const part of streamedBody(body)) {
    const data = Buffer.from(part, 'utf8');
    if (data.length > 0) yield bytes(Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, CRLF]));
  }
  yield bytes(Buffer.from('0\r\n\r\n'));
}

const CRLF = Buffer.from('\r\n');

/** The body when all of it is there, `undefined` for a stream. */
export function wholeBody(body: ServerResponse['body']): Uint8Array | undefined {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  return body instanceof Uint8Array ? body : undefined;
}

/** A whole body counts as a stream of nothing. */
export async function* streamedBody(body: ServerResponse['body']): AsyncGenerator<string> {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) yield* body;
}

function bytes(data: Uint8Array): WirePiece {
  return { kind: 'bytes', bytes: data };
}
