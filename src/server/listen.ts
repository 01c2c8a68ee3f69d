import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse as Outgoing,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { App, ServerRequest, ServerResponse } from './message.ts';
import { httpPieces, streamedBody, wholeBody, type Wire } from './wire.ts';

export interface ListenOptions {
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Bytes of a request body that are read at all. */
  readonly maxBody?: number;
  readonly wire?: Wire;
  /** Called with what the app or the wire threw, before the connection is destroyed; a client that left is no error. */
  readonly onError?: (error: unknown) => void;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly url: string;
  /** Stops at once: open connections are destroyed. */
  readonly close: () => Promise<void>;
}

const MAX_BODY = 8 * 1024 * 1024;

/** Serves an app over node:http; rejects when the port cannot be had. */
export async function listen(app: App, options: ListenOptions = {}): Promise<Listening> {
  const { host = '127.0.0.1', port = 0, maxBody = MAX_BODY, wire, onError } = options;
  let closing = false;
  const server = createServer((incoming, outgoing) => {
    void serve({ app, maxBody, wire }, incoming, outgoing).catch((error: unknown) => {
      // What is under way when the server is closed loses its store and its clients.
      if (!closing && error !== CLIENT_GONE) onError?.(error);
      outgoing.destroy();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const bound = portOf(server);
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port: bound,
    url: `http://${name}:${bound}`,
    close: async () => {
      closing = true;
      await close(server);
    },
  };
}

/** A reason of its own: the default one is an error with a stack, for every request. */
const CLIENT_GONE = 'the client is gone';

interface Serving {
  readonly app: App;
  readonly maxBody: number;
  readonly wire: Wire | undefined;
}

async function serve({ app, maxBody, wire }: Serving, incoming: IncomingMessage, outgoing: Outgoing): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort(CLIENT_GONE));
  // A reset in the middle of a write is the client's affair.
  outgoing.on('error', () => undefined);
  const body = await readBody(incoming, maxBody);
  if (body === 'gone') return;
  if (body === 'too-large') {
    outgoing.writeHead(413, { Connection: 'close' }).end();
    return;
  }
  const request = toRequest(incoming, body);
  const response = await app(request, gone.signal);
  if (wire === undefined) await write(response, outgoing, gone.signal);
  else await writeWired(wire, { request, response }, { outgoing, signal: gone.signal });
}

/** Too large as soon as there is more than may be read. */
async function readBody(incoming: IncomingMessage, maxBody: number): Promise<Uint8Array | 'too-large' | 'gone'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBody) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    // The client left in the middle of its request.
    return 'gone';
  }
  return Buffer.concat(chunks);
}

function toRequest(incoming: IncomingMessage, body: Uint8Array): ServerRequest {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: incoming.headers,
    body,
    remoteAddress: incoming.socket.remoteAddress ?? '',
  };
}

async function write(
  { status, headers, body }: ServerResponse,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<void> {
  const whole = wholeBody(body);
  const length = whole === undefined || status === 204 ? [] : ['Content-Length', String(whole.length)];
  outgoing.writeHead(status, [...headers.flat(), ...length]);
  if (whole !== undefined) {
    outgoing.end(whole);
    return;
  }
  outgoing.flushHeaders();
  for await (const part of streamedBody(body)) {
    if (signal.aborted) return;
    if (!outgoing.write(part)) await drained(outgoing, signal);
  }
  outgoing.end();
}

type Exchange = Parameters<Wire>[1];

/** With the date that Node.js gives to every other answer. */
function dated(response: ServerResponse): ServerResponse {
  const has = response.headers.some(([name]) => name.toLowerCase() === 'date');
  return has ? response : { ...response, headers: [...response.headers, ['Date', new Date().toUTCString()]] };
}

async function writeWired(
  wire: Wire,
  exchange: Exchange,
  { outgoing, signal }: { readonly outgoing: Outgoing; readonly signal: AbortSignal },
): Promise<void> {
  const { socket } = outgoing;
  if (socket === null) return;
  const pieces = httpPieces(dated(exchange.response), STATUS_CODES[exchange.response.status] ?? 'Unknown');
  for await (const piece of wire(pieces, exchange)) {
    if (signal.aborted || socket.destroyed) return;
    if (piece.kind === 'cut') {
      socket.destroy();
      return;
    }
    if (piece.kind === 'wait') await paused(piece.milliseconds, signal);
    else if (!socket.write(piece.bytes)) await drained(outgoing, signal);
  }
  socket.end();
}

async function drained(outgoing: Outgoing, signal: AbortSignal): Promise<void> {
  await once(outgoing.socket ?? outgoing, 'drain', { signal }).catch(() => undefined);
}

async function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
