import { Blocked, ProtocolError } from '../model/errors.ts';
import type { Exchange } from '../model/evidence.ts';
import { at, type Json } from '../model/json.ts';
import type { Ids, RawBody, RouteProbe, RouteRequest } from '../model/probes.ts';
import { describeLimited, isLimited } from '../model/rate-limit.ts';
import { parseJsonBody } from '../protocol/json-body.ts';
import { bucketOf, FRESH_ID, freshId } from '../model/requests.ts';
import type { Era } from '../protocol/eras/era.ts';
import { requestIn, type EraRequest } from './era-request.ts';
import { mayRepeat, type HttpReply, type HttpRequest } from './http.ts';
import { exchangeCodec, exchangeOf, responseOf } from './http-response.ts';
import type { LeasedHttp } from './leased-http.ts';
import { routeOf, urlOf, type RoutePlace } from './route-place.ts';
import { asksForPersonalData, type PersonalData } from '../journal/personal-data.ts';
import type { Asked, Recorder } from '../journal/recorder.ts';

export interface RouteOptions extends RoutePlace {
  readonly name: 'mcp' | 'manager';
  readonly era: Era;
  readonly http: LeasedHttp;
  readonly recorder: Recorder;
  readonly personalData: PersonalData;
  readonly ids: Ids;
}

/** One of the two routes. A request carries the credential it was given and no other, and never leaves the origin. */
export function createRoute(options: RouteOptions): RouteProbe {
  const { era } = options;
  const send = async (request: EraRequest): Promise<Exchange> => {
    const http = prepare(request, options);
    const first = await sendOnce({ request, http }, options, (asked) => options.http.send(asked));
    if (!mayRepeat(http) || !mayPass(first) || !options.http.allowance.repeat()) return first;
    const again = { request, http: prepare(request, options) };
    const second = await sendOnce(again, options, (asked) => options.http.sendAgain(asked));
    if (second.answeredBy.kind !== 'emcp') return second;
    options.http.allowance.noteIntermittent(first.answeredBy);
    return second;
  };
  const request: RouteProbe['request'] = async (...asked) => send(requestIn(era, asked));
  return {
    servers: options.servers,
    path: options.path,
    defaultPath: options.defaultPath,
    send,
    request,
    initialize: async (protocolVersion, asked) => request('initialize', era.introduction(protocolVersion), asked),
    async call(method, ...asked) {
      const exchange = await request(method, ...asked);
      const result = era.resultOf(exchange);
      if (result === undefined) {
        throw new ProtocolError(`${method} was answered with HTTP ${exchange.status} and no result`, exchange);
      }
      return { result, exchange, evidence: exchange.evidence, answeredBy: exchange.answeredBy };
    },
  };
}

interface Prepared {
  readonly request: EraRequest;
  readonly http: HttpRequest;
}

async function sendOnce(
  { request, http }: Prepared,
  options: RouteOptions,
  perform: (http: HttpRequest) => Promise<HttpReply>,
): Promise<Exchange> {
  const { recorder, http: leased, name } = options;
  const asked = { probe: name, ...askedOf(request, http) };
  const recorded = await recorder.record(exchangeCodec, asked, async () => {
    const reply = await perform(http);
    return responseOf(http, reply, { ...options, brief: recorder.brief, earlier: leased.traces });
  });
  return answerTo(request, exchangeOf(http, recorded), leased);
}

/** The answer; where the limiter gave it to somebody who sends no burst it answers nothing, and they are blocked. */
export function answerTo(
  { token, session }: Pick<RouteRequest, 'token' | 'session'>,
  exchange: Exchange,
  { limitBlocks }: Pick<LeasedHttp, 'limitBlocks'>,
): Exchange {
  if (!limitBlocks || !isLimited(exchange)) return exchange;
  throw new Blocked(
    describeLimited(exchange, token?.label ?? session?.label ?? 'no credential'),
    'the same command, later',
  );
}

/** A gateway that failed once may not fail again; whoever refuses on purpose will refuse again. */
function mayPass({ answeredBy }: Exchange): boolean {
  return answeredBy.kind === 'gateway' && answeredBy.status >= 500;
}

/** The HTTP request for a question, with the headers every request carries. */
export function prepare(request: EraRequest, options: RoutePlace & Pick<RouteOptions, 'ids'>): HttpRequest {
  const ownId = freshId(options.ids.nonce());
  const body = bodyOf(request.body, ownId);
  const message = request.message ?? messageOf(request.body);
  const id = at(message, 'id');
  const defaults: Record<string, string> = {
    accept: 'application/json, text/event-stream',
    'accept-encoding': 'identity',
    'user-agent': 'emcp',
    'x-trace-id': options.ids.name(),
    'x-request-id': options.ids.name(),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token.value}` }),
    ...(request.session === undefined ? {} : { cookie: request.session.cookie }),
    ...(request.session?.csrf === undefined ? {} : { 'x-csrf-token': request.session.csrf }),
  };
  const url = urlOf(request, options);
  const method = request.method ?? 'POST';
  const route = routeOf(url, options);
  const headers = withChanges(defaults, request.headers ?? {});
  return {
    method,
    url,
    headers,
    ...(body === undefined ? {} : { body }),
    bucket: bucketOf(route, methodOf(message, { verb: method, body })),
    id: id === FRESH_ID ? ownId : id,
    rpcMethod: at(message, 'method'),
    freshId: ownId,
    personal: asksForPersonalData(message),
    // A task must not be queued twice because a socket was closed.
    repeatable: route === options.name,
    once: request.once === true,
  };
}

/** As the rate limiter reads it: from the body, whatever the HTTP method and the media type (contract §4.2). */
function methodOf(
  message: Json | undefined,
  { verb, body }: { readonly verb: string; readonly body: unknown },
): string {
  if (body === undefined) return verb === 'GET' || verb === 'HEAD' ? 'GET' : 'other';
  const method = at(message, 'method');
  return typeof method === 'string' ? method : 'unknown';
}

function messageOf(body: RouteRequest['body']): Json | undefined {
  if (body === undefined || !isRaw(body)) return body;
  const parsed = parseJsonBody(Buffer.from(body.raw));
  return parsed.kind === 'json' ? parsed.value : undefined;
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

function bodyOf(body: Json | RawBody | undefined, ownId: number): string | Uint8Array | undefined {
  if (body === undefined) return undefined;
  const text = isRaw(body) ? body.raw : JSON.stringify(body);
  return typeof text === 'string' ? text.replaceAll(String(FRESH_ID), String(ownId)) : text;
}

function isRaw(body: Json | RawBody): body is RawBody {
  return typeof body === 'object' && body !== null && 'raw' in body && Object.keys(body).length === 1;
}

function credentialsOf({ token, session }: RouteRequest): NonNullable<Asked<'http'>['credentials']> {
  return {
    token: token === undefined ? [] : [token.value],
    session: session === undefined ? [] : cookieSecrets(session.cookie),
    'CSRF token': session?.csrf === undefined ? [] : [session.csrf],
  };
}

/** A cookie is as good as its value alone; beside it may stand others, whose short values are settings and no secrets. */
export function cookieSecrets(cookie: string): readonly string[] {
  const values = cookie.split(';').map((one) => one.slice(one.indexOf('=') + 1).trim());
  const secrets = values.length === 1 ? values : [cookie, ...values.filter(({ length }) => length >= SHORTEST_SESSION)];
  // Whoever reads a cookie takes its quotes off (RFC 6265 4.1.1).
  return secrets.flatMap((secret) => [secret, ...(/^"(.*)"$/.exec(secret)?.slice(1) ?? [])]);
}

const SHORTEST_SESSION = 8;

/** What is recorded of a request: credentials are named, not kept. */
export function askedOf(request: RouteRequest, http: HttpRequest) {
  const { authorization: _authorization, cookie: _cookie, 'x-csrf-token': _csrf, ...headers } = http.headers;
  return {
    ids: idsOf(http),
    request: {
      method: http.method,
      url: http.url.href,
      headers,
      ...(request.token === undefined ? {} : { bearer: request.token.label }),
      ...(request.session === undefined ? {} : { session: request.session.label }),
      ...(http.body === undefined ? {} : { body: bodyText(http.body), bytes: http.body.length }),
    },
    credentials: credentialsOf(request),
  };
}

/** What no other request has. */
function idsOf({ headers, freshId: own }: HttpRequest): readonly string[] {
  return [headers['x-trace-id'] ?? '', headers['x-request-id'] ?? '', own === undefined ? '' : String(own)];
}

function bodyText(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}
