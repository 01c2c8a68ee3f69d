import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What is written to the client in place of the bytes that came from the server; ending early cuts the connection. */
export type Shape = (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

export interface ShapingProxy {
  readonly url: URL;
  close(): Promise<void>;
}

/** A TCP proxy that hands on requests as they are and answers as `shape` makes them. */
export async function shapingProxy(upstream: URL, shape: Shape): Promise<ShapingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const origin = connect(Number(upstream.port), upstream.hostname);
    for (const socket of [client, origin]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(origin);
    client.on('close', () => origin.destroy());
    void forward(shape(origin as AsyncIterable<Buffer>), client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function forward(pieces: AsyncIterable<Buffer>, client: Socket): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (client.destroyed) return;
      client.write(piece);
    }
  } catch {
    // The origin was reset; so is the client.
  }
  client.destroySoon();
}

/** Head and body together, once the answer is complete. */
export async function* collected(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of source) {
    all.push(piece);
    if (piece.includes(LAST_CHUNK)) break;
  }
  yield Buffer.concat(all);
}

/** The head at once, the body when it is complete. */
export async function* bodyCollected(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const body: Buffer[] = [];
  let headSent = false;
  for await (const piece of source) {
    const end = headSent ? 0 : piece.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
    if (!headSent) yield piece.subarray(0, end);
    headSent = true;
    body.push(piece.subarray(end));
    if (piece.includes(LAST_CHUNK)) break;
  }
  yield Buffer.concat(body);
}

/** What came within `ms` goes on together. */
export function clumped(ms: number): Shape {
  return async function* clump(source) {
    const arrivals = arriving(source);
    while (!arrivals.complete()) {
      await Promise.race([pause(ms), arrivals.end]);
      yield Buffer.concat(arrivals.waiting.splice(0).map(({ piece }) => piece));
    }
  };
}

/** Everything `ms` later than it came. */
export function delayed(ms: number): Shape {
  return async function* delay(source) {
    const arrivals = arriving(source);
    while (!arrivals.complete()) {
      const next = arrivals.waiting.shift();
      await pause(next === undefined ? 5 : Math.max(0, next.at + ms - performance.now()));
      if (next !== undefined) yield next.piece;
    }
  };
}

/** Reads on while nothing is handed on. */
function arriving(source: AsyncIterable<Buffer>) {
  const waiting: { readonly at: number; readonly piece: Buffer }[] = [];
  let ended = false;
  const read = async (): Promise<void> => {
    for await (const piece of source) waiting.push({ at: performance.now(), piece });
  };
  // A reset of the origin ends the answer as its end does.
  const end = read()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return { waiting, end, complete: () => ended && waiting.length === 0 };
}

/** Comments that came as one chunk of their own are taken out. */
export async function* withoutComments(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    const left = piece.toString('latin1').replaceAll(/[0-9a-f]+\r\n:[^\n]*\n\n\r\n/g, '');
    if (left !== '') yield Buffer.from(left, 'latin1');
  }
}

/** Nothing after so many bytes of the body. */
export function cutAt(bytes: number): Shape {
  return async function* cut(source) {
    let left = Number.POSITIVE_INFINITY;
    for await (const piece of source) {
      if (left === Number.POSITIVE_INFINITY) left = piece.indexOf(END_OF_HEAD) + END_OF_HEAD.length + bytes;
      yield piece.subarray(0, left);
      left -= piece.length;
      if (left <= 0) return;
    }
  };
}

/** The head at once, the body one byte every `ms`. */
export function throttled(ms: number): Shape {
  return async function* throttle(source) {
    let head = true;
    for await (const piece of source) {
      const end = head ? piece.indexOf(END_OF_HEAD) + END_OF_HEAD.length : 0;
      if (head) yield piece.subarray(0, end);
      head = false;
      for (const byte of piece.subarray(end)) {
        await pause(ms);
        yield Buffer.from([byte]);
      }
    }
  };
}

/** The connection is cut after `ms` of silence. */
export function impatient(ms: number): Shape {
  return async function* readTimeout(source) {
    const pieces = source[Symbol.asyncIterator]();
    for (;;) {
      const timer = new AbortController();
      const silence = pause(ms, 'silence' as const, { signal: timer.signal }).catch(() => 'silence' as const);
      const arrival = pieces.next().catch(() => 'silence' as const);
      const next = await Promise.race([arrival, silence]);
      timer.abort();
      if (next === 'silence' || next.done === true) return;
      yield next.value;
    }
  };
}

const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';
