import { Blocked, ProtocolError } from '../model/errors.ts';
import { inBrief } from '../model/answered-by.ts';
import { mediaType, type Exchange, type HeaderList } from '../model/evidence.ts';
import { at, type Json } from '../model/json.ts';
import { textOf, type KeptText } from '../model/journal-entry.ts';
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
import type { Asked, Codec, Recorded, Recorder } from '../journal/recorder.ts';

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

/** An HTTP response, read and classified, before it is known when it was asked for. */
export type Response = Omit<Exchange, 'evidence' | 'request' | 'timing'> & {
  readonly timing: Omit<Exchange['timing'], 'atMs'>;
  readonly resent?: boolean;
};

interface Reading extends Pick<RouteOptions, 'personalData'>, Pick<Recorder, 'brief'> {
  /** Trace ids in bodies that were not those of their requests. */
  readonly earlier?: Set<string>;
}

/** The response as checks see it and as it is kept: who answered is told from all of it, what nobody may keep is gone. */
export function responseOf(
  http: HttpRequest,
  reply: HttpReply,
  { brief, earlier = new Set<string>(), personalData }: Reading,
): Response {
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
  // A proxy may set the header of every answer, and none the body.
  const own = parsed.kind === 'json' ? at(parsed.value, 'error', 'trace_id') : undefined;
  if (typeof own === 'string' && own !== traceId) earlier.add(own);
  const shown = withoutQuery(http.personal === true ? personalData.replaced(text) : text, headers);
  return {
    status,
    headers: shownHeaders(headers),
    text: shown,
    bytes: reply.body.length,
    parsed: shown === text || parsed.kind !== 'json' ? parsed : parseJsonBody(Buffer.from(shown)),
    answeredBy: inBrief(found, brief),
    timing: { firstByteMs: Math.round(reply.firstByteMs), totalMs: Math.round(reply.totalMs) },
    ...(reply.resent === true ? { resent: true } : {}),
  };
}

export function exchangeOf(http: HttpRequest, { value, evidence, atMs }: Recorded<Response>): Exchange {
  const { resent: _resent, ...response } = value;
  const timing = { atMs, ...response.timing };
  return { ...response, request: { method: http.method, url: http.url.href }, timing, evidence };
}

export const exchangeCodec: Codec<'http', Response> = {
  kind: 'http',
  keep({ status, answeredBy, headers, text, parsed, bytes, timing, resent }) {
    return {
      status,
      answeredBy,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: text,
      ...(parsed.kind === 'json' ? {} : { notJson: parsed.why }),
      bytes,
      ...timing,
      ...(resent === true ? { resent } : {}),
    };
  },
  read({ status, answeredBy, headers, body, notJson, bytes, firstByteMs, totalMs, resent }) {
    return {
      status,
      answeredBy: answeredBy ?? { kind: 'unreadable', status, why: 'who answered was not kept' },
      headers,
      text: textOf(body),
      parsed: parsedAgain(body, notJson),
      bytes,
      timing: { firstByteMs, totalMs },
      ...(resent === true ? { resent } : {}),
    };
  },
};

function parsedAgain(body: KeptText, notJson: string | undefined): Exchange['parsed'] {
  if (notJson !== undefined) return { kind: 'not-json', why: notJson };
  if (typeof body === 'string') return parseJsonBody(Buffer.from(body));
  return { kind: 'not-json', why: `only ${body.cut.kept} of ${body.cut.of} characters were kept` };
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

/** Session cookies the target hands out are credentials, too: only their names are kept, and no query of a redirect. */
function shownHeaders(headers: HeaderList): HeaderList {
  return headers.map(([name, value]): HeaderList[number] => {
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
