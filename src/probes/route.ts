import { ProtocolError } from '../model/errors.ts';
import { mediaType, type Exchange, type HeaderList } from '../model/evidence.ts';
import { at, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Ids, RawBody, RouteProbe, RouteRequest } from '../model/probes.ts';
import { parseJsonBody } from '../protocol/json-body.ts';
import type { HttpClient, HttpReply, HttpRequest } from './http.ts';
import type { Recorder } from './recorder.ts';

export interface RouteOptions {
  /** Name of the probe in the journal. */
  readonly name: string;
  readonly http: HttpClient;
  readonly baseUrl: URL;
  /** With `{server}` where the handle goes. */
  readonly path: string;
  readonly defaultPath: string;
  readonly servers: readonly string[];
  readonly recorder: Recorder;
  readonly ids: Ids;
  readonly signal: AbortSignal;
}

/** One of the two routes. A request carries the credential it was given and no other, and never leaves the origin. */
export function createRoute(options: RouteOptions): RouteProbe {
  const send: RouteProbe['send'] = async (request) => {
    const http = prepare(request, options);
    const { value, evidence } = await options.recorder.ask(
      { probe: options.name, question: questionOf(request, http) },
      async () => {
        const reply = await options.http.send(http, options.signal);
        return { value: exchangeOf(http, reply), outcome: outcomeOf(reply) };
      },
    );
    return { ...value, evidence };
  };
  return {
    servers: options.servers,
    path: options.path,
    defaultPath: options.defaultPath,
    send,
    async call(method, { params, ...request }) {
      const body = { jsonrpc: '2.0', id: options.ids.nonce(), method, ...(params === undefined ? {} : { params }) };
      const exchange = await send({ ...request, body });
      const result = exchange.parsed.kind === 'json' ? at(exchange.parsed.value, 'result') : undefined;
      if (exchange.status !== 200 || !isObject(result)) {
        throw new ProtocolError(`${method} was answered with HTTP ${exchange.status} and no result`, exchange);
      }
      return { result, exchange, evidence: exchange.evidence };
    },
  };
}

/** The HTTP request for a question, with the headers every request carries. */
export function prepare(
  request: RouteRequest,
  options: Pick<RouteOptions, 'baseUrl' | 'path' | 'servers' | 'ids'>,
): HttpRequest {
  const body = bodyOf(request.body);
  const defaults: Record<string, string> = {
    accept: 'application/json, text/event-stream',
    'accept-encoding': 'identity',
    'user-agent': 'emcp',
    'x-trace-id': `emcp-${options.ids.nonce()}`,
    'x-request-id': `emcp-${options.ids.nonce()}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token.value}` }),
    ...(request.session === undefined ? {} : { cookie: request.session.cookie }),
    ...(request.session?.csrf === undefined ? {} : { 'x-csrf-token': request.session.csrf }),
  };
  const url = urlOf(request, options);
  const headers = withChanges(defaults, request.headers ?? {});
  return {
    method: request.method ?? 'POST',
    url,
    headers,
    ...(body === undefined ? {} : { body }),
    // A task must not be queued twice because a socket was closed.
    repeatable: !url.pathname.endsWith('/dispatch') || headers['idempotency-key'] !== undefined,
  };
}

function urlOf(
  { server, to, path }: RouteRequest,
  { baseUrl, path: configured, servers }: Pick<RouteOptions, 'baseUrl' | 'path' | 'servers'>,
): URL {
  const handle = encodeURIComponent(server ?? servers[0] ?? 'content');
  const filled = (path ?? configured).replaceAll('{server}', handle);
  const prefix = baseUrl.pathname.replace(/\/+$/, '');
  const url = new URL(baseUrl.origin);
  const [pathname = '', search] = `${prefix}${filled}${to === 'dispatch' ? '/dispatch' : ''}`.split('?');
  url.pathname = pathname;
  url.search = search ?? '';
  return url;
}

function withChanges(
  defaults: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const headers = { ...defaults };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = value;
  }
  return headers;
}

function bodyOf(body: Json | RawBody | undefined): string | Uint8Array | undefined {
  if (body === undefined) return undefined;
  return isRaw(body) ? body.raw : JSON.stringify(body);
}

function isRaw(body: Json | RawBody): body is RawBody {
  return typeof body === 'object' && body !== null && 'raw' in body && Object.keys(body).length === 1;
}

/** Credentials are named, not kept. */
export function questionOf(request: RouteRequest, http: HttpRequest): JsonObject {
  const { authorization: _authorization, cookie: _cookie, 'x-csrf-token': _csrf, ...headers } = http.headers;
  return {
    method: http.method,
    url: http.url.href,
    headers,
    ...(request.token === undefined ? {} : { bearer: request.token.label }),
    ...(request.session === undefined ? {} : { session: request.session.label }),
    ...(http.body === undefined ? {} : { body: textOf(http.body), bytes: http.body.length }),
  };
}

function textOf(body: string | Uint8Array): string {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return text.length > 4096 ? `${text.slice(0, 4096)}… (cut)` : text;
}

export function exchangeOf(http: HttpRequest, reply: HttpReply): Omit<Exchange, 'evidence'> {
  return {
    request: { method: http.method, url: http.url.href },
    status: reply.status,
    headers: reply.headers,
    text: reply.body.toString('utf8'),
    bytes: reply.body.length,
    parsed: parsedBody(reply),
    timing: { firstByteMs: Math.round(reply.firstByteMs), totalMs: Math.round(reply.totalMs) },
  };
}

/** A JSON body counts only under a JSON media type, so that a page that happens to parse does not. */
function parsedBody({ headers, body }: HttpReply): Exchange['parsed'] {
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  if (encoding !== undefined && encoding !== 'identity') return { kind: 'not-json', why: `encoded as ${encoding}` };
  if (mediaType({ headers }) !== 'application/json') return { kind: 'not-json', why: 'not declared as JSON' };
  return parseJsonBody(body);
}

export function outcomeOf(reply: HttpReply): JsonObject {
  return {
    status: reply.status,
    headers: keptHeaders(reply.headers),
    body: reply.body.subarray(0, 32_768).toString('utf8'),
    bytes: reply.body.length,
    firstByteMs: Math.round(reply.firstByteMs),
    totalMs: Math.round(reply.totalMs),
  };
}

/** Session cookies the target hands out are credentials, too: only their names are kept. */
function keptHeaders(headers: HeaderList): Json {
  return headers.map(([name, value]) => [name, /^set-cookie$/i.test(name) ? (value.split('=')[0] ?? '') : value]);
}
