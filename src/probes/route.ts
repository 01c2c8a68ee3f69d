import { Blocked, ProtocolError } from '../model/errors.ts';
import { inBrief } from '../model/answered-by.ts';
import { mediaType, type Exchange, type HeaderList } from '../model/evidence.ts';
import { at, type Json, type JsonObject } from '../model/json.ts';
import type { Ids, RawBody, RouteProbe, RouteRequest } from '../model/probes.ts';
import { describeLimited, isLimited } from '../model/rate-limit.ts';
import { parseJsonBody } from '../protocol/json-body.ts';
import { bucketOf, FRESH_ID, freshId } from '../model/requests.ts';
import { whoAnswered } from '../protocol/who-answered.ts';
import type { Era } from '../protocol/eras/era.ts';
import { requestIn, type EraRequest } from './era-request.ts';
import { mayRepeat, type HttpReply, type HttpRequest } from './http.ts';
import type { LeasedHttp } from './leased-http.ts';
import { routeOf, urlOf, type RoutePlace } from './route-place.ts';
import { asksForPersonalData, type PersonalData } from '../journal/personal-data.ts';
import type { Asked, Recorder } from '../journal/recorder.ts';

export interface RouteOptions extends RoutePlace {
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
  const { value, evidence } = await options.recorder.ask(
    { probe: options.name, question: questionOf(request, http), credentials: credentialsOf(request) },
    async () => {
      const reply = await perform(http);
      const { recorder, http: leased } = options;
      const answer = exchangeOf(http, reply, { brief: recorder.brief, earlier: leased.traces });
      const exchange = withoutPersonalData(answer, http, options);
      return { value: exchange, outcome: outcomeOf(reply, exchange) };
    },
  );
  return answerTo(request, { ...value, evidence }, options.http);
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

export function credentialsOf({ token, session }: RouteRequest): NonNullable<Asked['credentials']> {
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
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

export function exchangeOf(
  http: HttpRequest,
  reply: HttpReply,
  { brief, earlier = new Set<string>() }: Pick<Recorder, 'brief'> & { readonly earlier?: Set<string> },
): Omit<Exchange, 'evidence'> {
  const { status, headers } = reply;
  const traceId = http.headers['x-trace-id'];
  const text = reply.body.toString('utf8');
  const parsed = parsedBody(reply);
  const requestId = http.headers['x-request-id'];
  const found = whoAnswered({
    asked: { traceId, requestId, earlier, id: http.id, method: http.rpcMethod },
    method: http.method,
    url: http.url.href,
    status,
    headers,
    text,
    parsed,
  });
  const answeredBy = inBrief(found, brief);
  // A proxy may set the header of every answer, and none the body.
  const own = parsed.kind === 'json' ? at(parsed.value, 'error', 'trace_id') : undefined;
  if (typeof own === 'string' && own !== traceId) earlier.add(own);
  return {
    request: { method: http.method, url: http.url.href },
    status,
    headers,
    text,
    bytes: reply.body.length,
    parsed,
    answeredBy,
    timing: { firstByteMs: Math.round(reply.firstByteMs), totalMs: Math.round(reply.totalMs) },
  };
}

/** What a check sees is what is kept: values of people are replaced before either. */
export function withoutPersonalData(
  exchange: Omit<Exchange, 'evidence'>,
  http: HttpRequest,
  { personalData }: Pick<RouteOptions, 'personalData'>,
): Omit<Exchange, 'evidence'> {
  if (http.personal !== true) return exchange;
  const text = personalData.replaced(exchange.text);
  const parsed = exchange.parsed.kind === 'json' ? parseJsonBody(Buffer.from(text)) : exchange.parsed;
  return { ...exchange, text, parsed };
}

/** A JSON body counts only under a JSON media type, so that a page that happens to parse does not. */
function parsedBody({ headers, body }: HttpReply): Exchange['parsed'] {
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1].toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    return { kind: 'not-json', why: `encoded as ${encoding}` };
  }
  if (mediaType({ headers }) !== 'application/json') return { kind: 'not-json', why: 'not declared as JSON' };
  return parseJsonBody(body);
}

export function outcomeOf(reply: HttpReply, { answeredBy, text }: Pick<Exchange, 'answeredBy' | 'text'>): JsonObject {
  return {
    status: reply.status,
    answeredBy,
    headers: keptHeaders(reply.headers),
    body: withoutQuery(text, reply.headers),
    bytes: reply.body.length,
    firstByteMs: Math.round(reply.firstByteMs),
    totalMs: Math.round(reply.totalMs),
  };
}

/** Session cookies the target hands out are credentials, too: only their names are kept, and no query of a redirect. */
function keptHeaders(headers: HeaderList): Json {
  return headers.map(([name, value]) => {
    if (/^set-cookie$/i.test(name)) return [name, value.split('=')[0] ?? ''];
    return [name, /^location$/i.test(name) ? withoutQuery(value, [[name, value]]) : value];
  });
}

/** The query of a redirect may carry a state or a token, and the page that comes along repeats it. */
function withoutQuery(text: string, headers: HeaderList): string {
  const location = headers.find(([name]) => /^location$/i.test(name))?.[1] ?? '';
  const query = /[?#].+$/.exec(location)?.[0];
  if (query === undefined) return text;
  return text.replaceAll(query, '?…').replaceAll(query.replaceAll('&', '&amp;'), '?…');
}
