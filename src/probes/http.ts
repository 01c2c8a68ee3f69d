import { setMaxListeners } from 'node:events';
import tls from 'node:tls';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { Blocked, errorCode, Unreachable, type UnreachableKind } from '../model/errors.ts';
import type { HeaderList } from '../model/evidence.ts';
import type { Json } from '../model/json.ts';
import { unreachableKindOf } from './http-errors.ts';

/** Milliseconds and bytes; a heartbeat saves nobody from the total limit. */
export interface HttpLimits {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly bodyBytes: number;
  readonly headerBytes: number;
}

const HTTP_LIMITS: HttpLimits = {
  connectMs: 5_000,
  firstByteMs: 15_000,
  idleMs: 15_000,
  totalMs: 25_000,
  bodyBytes: 16 * 1024 * 1024,
  headerBytes: 64 * 1024,
};

export interface HttpOptions {
  readonly limits?: Partial<HttpLimits>;
  /** Certificates are not verified. */
  readonly insecure?: boolean;
  /** PEM text of certificate authorities to trust besides. */
  readonly ca?: string;
  /** Follow HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly proxyFromEnvironment?: boolean;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Where it counts, as `model/requests.ts` names buckets. */
  readonly bucket: string;
  /** Of its JSON-RPC message, where they can be read. */
  readonly id?: Json | undefined;
  readonly rpcMethod?: Json | undefined;
  /** What stands for `FRESH_ID` in it. */
  readonly freshId?: number;
  /** Its answer says something of people. */
  readonly personal?: boolean;
  /** Nothing happens twice when it is sent twice; otherwise it gets a connection of its own, which nobody just closed. */
  readonly repeatable: boolean;
  /** Not even sent again when a socket was closed: what may have arrived is counted by the target. */
  readonly once?: boolean;
  /** Asked before a repeatable request is sent again; it always may be where nobody counts. */
  readonly mayResend?: () => boolean;
}

/** Status and headers are there, the body comes in pieces. `release` must be called, whatever happened. */
export interface HttpStream {
  readonly status: number;
  readonly headers: HeaderList;
  readonly firstByteMs: number;
  readonly body: AsyncIterable<Uint8Array>;
  release(): void;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
  readonly firstByteMs: number;
  readonly totalMs: number;
  /** It was sent once more, as a kept connection was closed under it. */
  readonly resent?: boolean;
}

export interface HttpClient {
  /** The whole answer, whatever its status; throws only `Unreachable` and, when stopped, the signal's reason. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  /** The same with a body that is still to come; `limits` replace the client's for this stream. */
  open(request: HttpRequest, signal: AbortSignal, limits?: Partial<HttpLimits>): Promise<HttpStream>;
  close(): Promise<void>;
}

/** No redirects, no cookies, no decompression: what the target sends is what a check sees. */
export function createHttpClient(options: HttpOptions = {}): HttpClient {
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const shared = createDispatcher(options, limits, { pipelining: 1 });
  const single = createDispatcher(options, limits, { pipelining: 0 });
  let closesKept = false;
  const open: HttpClient['open'] = (request, signal, own = {}) =>
    openStream(
      {
        dispatcher: request.repeatable && !closesKept ? shared : single,
        // Whoever closes a kept connection under one request does so under the next.
        onClosed: () => {
          closesKept = true;
          return single;
        },
        limits: { ...limits, ...own },
      },
      request,
      signal,
    );
  return {
    open,
    async send(request, signal) {
      const began = performance.now();
      const stream = await open(request, signal);
      try {
        const body = await readWhole(stream.body);
        const { status, headers, firstByteMs } = stream;
        return { status, headers, body, firstByteMs, totalMs: performance.now() - began };
      } finally {
        stream.release();
      }
    },
    async close() {
      await Promise.all([shared.destroy(), single.destroy()]);
    },
  };
}

/** Without pipelining every request has a connection of its own. */
function createDispatcher(
  { insecure, ca, proxyFromEnvironment }: HttpOptions,
  limits: HttpLimits,
  { pipelining }: { readonly pipelining: 0 | 1 },
): Dispatcher {
  const verify = {
    rejectUnauthorized: insecure !== true,
    ...(ca === undefined ? {} : { ca: [...tls.rootCertificates, ca] }),
  };
  const shared = {
    maxHeaderSize: limits.headerBytes,
    connect: { timeout: limits.connectMs, ...verify },
    requestTls: verify,
    pipelining,
    keepAliveMaxTimeout: 4_000,
  };
  return proxyFromEnvironment === true ? new EnvHttpProxyAgent(shared) : new Agent(shared);
}

const RELEASED = 'the exchange is over';

interface Client {
  readonly dispatcher: Dispatcher;
  /** A kept connection was closed under a request; gives connections that nobody has had before. */
  readonly onClosed: () => Dispatcher;
  readonly limits: HttpLimits;
}

async function openStream(
  { limits, ...client }: Client,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpStream> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const expire = (): void => {
    controller.abort(new Unreachable('timeout-total', `no complete answer within ${limits.totalMs} ms`));
  };
  const timer = setTimeout(expire, limits.totalMs);
  const onStop = (): void => controller.abort(signal.reason);
  // There are as many listeners as requests under way; a dozen is no leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', onStop, { once: true });
  const release = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onStop);
    // A reason of its own: the default one costs a stack for every request.
    controller.abort(RELEASED);
  };
  const translate = (error: unknown): unknown => (controller.signal.aborted ? controller.signal.reason : typed(error));
  const began = performance.now();
  try {
    const response = await requestOnce(client, request, { limits, signal: controller.signal });
    const headers = headerList(response.headers as unknown as readonly Buffer[]);
    return {
      status: response.statusCode,
      headers,
      firstByteMs: performance.now() - began,
      body: capped(response.body, limits.bodyBytes, (error) => translate(isClosed(error) ? truncated(error) : error)),
      release,
    };
  } catch (error) {
    // Releasing aborts, after which every error would look like a cancelled one.
    const told = translate(error);
    release();
    throw told;
  }
}

interface Once {
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
}

/** Sent once more when a socket that had served before was closed before any answer; mostly nothing was seen of it. */
async function requestOnce(
  { dispatcher, onClosed }: Omit<Client, 'limits'>,
  request: HttpRequest,
  once: Once,
): Promise<Dispatcher.ResponseData> {
  try {
    return await dispatch(dispatcher, request, once);
  } catch (error) {
    if (once.signal.aborted || !wasReusedSocket(error)) throw error;
    const fresh = onClosed();
    if (!mayRepeat(request) || request.mayResend?.() === false) throw error;
    return dispatch(fresh, request, once);
  }
}

function dispatch(
  dispatcher: Dispatcher,
  request: HttpRequest,
  { limits, signal }: Once,
): Promise<Dispatcher.ResponseData> {
  return dispatcher.request({
    origin: request.url.origin,
    path: `${request.url.pathname}${request.url.search}`,
    method: request.method,
    headers: request.headers,
    body: request.body ?? null,
    signal,
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.idleMs,
    responseHeaders: 'raw',
  });
}

/** Nothing comes of it twice, and nobody counts it. */
export function mayRepeat({ repeatable, once }: HttpRequest): boolean {
  return repeatable && once !== true;
}

function wasReusedSocket(error: unknown): boolean {
  const { socket } = error as { socket?: { bytesRead?: number } };
  return isClosed(error) && (socket?.bytesRead ?? 0) > 0;
}

/** Closed in good order by the other side, though more was due. */
function isClosed(error: unknown): boolean {
  return errorCode(error) === 'UND_ERR_SOCKET';
}

function truncated(error: unknown): Unreachable {
  return new Unreachable('truncated', WORDS.truncated, error);
}

function headerList(raw: readonly (Buffer | string)[]): HeaderList {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([latin1(raw[index]), latin1(raw[index + 1])]);
  return pairs;
}

function latin1(value: Buffer | string | undefined): string {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? '');
}

async function* capped(
  body: AsyncIterable<Uint8Array>,
  most: number,
  translate: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, void> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > most) throw new Unreachable('too-large', `the answer is larger than ${most} bytes`);
      yield chunk;
    }
  } catch (error) {
    throw translate(error);
  }
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What the network did gets a kind; what never left because of ourselves stays what it is. */
function typed(error: unknown): unknown {
  if (error instanceof Unreachable) return error;
  // The client names the header, never its value.
  if (errorCode(error) === 'UND_ERR_INVALID_ARG') return new Blocked(`the request cannot be sent: ${messageOf(error)}`);
  if (errorCode(error) === undefined && (error instanceof TypeError || error instanceof RangeError)) return error;
  const kind: UnreachableKind = unreachableKindOf(error);
  return new Unreachable(kind, WORDS[kind], error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const WORDS: Readonly<Record<UnreachableKind, string>> = {
  refused: 'nobody listens at this address',
  reset: 'the connection was reset before the answer was complete',
  dns: 'the host name cannot be resolved',
  tls: 'the TLS certificate or handshake was refused',
  'timeout-connect': 'no connection within the limit',
  'timeout-first-byte': 'connected, but no answer within the limit',
  'timeout-idle': 'the answer stopped in the middle',
  'timeout-total': 'no complete answer within the limit',
  truncated: 'the answer ended before its announced length',
  'too-large': 'the answer is larger than is read',
  malformed: 'the answer is not HTTP',
  process: 'the process could not be run',
  other: 'the request failed',
};
