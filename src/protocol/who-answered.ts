import type { AnsweredBy } from '../model/answered-by.ts';
import { header, headers, mediaType, type HeaderList, type Parsed } from '../model/evidence.ts';
import { at, sameJson, type Json } from '../model/json.ts';
import { cacheOf } from './caches.ts';
import { leadsToSignOn, wantedByHeaders, wantedByPage } from './challenges.ts';
import { firewallOf, gatewayNameOf, makerOf } from './gateways.ts';

/** What of a request its answer repeats. */
export interface Asked {
  readonly traceId: string | undefined;
  readonly requestId?: string | undefined;
  /** Trace ids in the bodies of earlier answers that were not those of their requests. */
  readonly earlier?: ReadonlySet<string>;
  /** Id and method of its JSON-RPC message, where they can be read. */
  readonly id: Json | undefined;
  readonly method?: Json | undefined;
}

/** An HTTP answer as it arrived. */
export interface Answer {
  readonly asked: Asked;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
  readonly parsed: Parsed;
}

/** What tells who made a page stands at its beginning; a body of megabytes is not searched. */
const LOOKED_AT = 65_536;

/** Without the status, which every answer has. */
type Answerer = AnsweredBy extends infer Kind ? (Kind extends AnsweredBy ? Omit<Kind, 'status'> : never) : never;

type Rule = (answer: Answer) => Answerer | undefined;

// The first rule that recognises its own is right: those with marks of their own before those that go by the status.
const RULES: readonly Rule[] = [
  redirect,
  cached,
  jsonAnswer,
  eventStream,
  emptyAnswer,
  managerPage,
  challenge,
  debugPage,
  limiter,
  gateway,
  csrfRefusal,
  sitePage,
];

/**
 * Who gave an HTTP answer, before any check judges it. Only `emcp` says something about eMCP. Words of the target stand in
 * it as they came, neither redacted nor cut.
 */
export function whoAnswered(answer: Answer): AnsweredBy {
  const head = { ...answer, text: answer.text.slice(0, LOOKED_AT) };
  for (const rule of RULES) {
    const found = rule(head);
    if (found !== undefined) return { ...found, status: answer.status };
  }
  return { kind: 'unreadable', status: answer.status, why: whyUnreadable(head) };
}

const EMCP: Answerer = { kind: 'emcp' };

/** In a line of its own, or before the framework's where a proxy joins lines; others add an age, or forbid storing first. */
const FRONT_CONTROLLER = /^private, ?must-revalidate(?:, ?(?:no-cache|no-store|no-transform|private))*$/i;

/**
 * What the front controller of the CMS puts on every answer, its own pages and eMCP's, or its session. Whoever repeats a
 * header of the request has none of it.
 */
function hasCmsMark(answer: Pick<Answer, 'headers'>): boolean {
  const isMarked = headers(answer, 'cache-control').some((value) => FRONT_CONTROLLER.test(value));
  return isMarked || headers(answer, 'set-cookie').some((value) => value.startsWith('evo_session='));
}

/** What speaks MCP may show its trace id in place of the mark, which a proxy may have replaced by a cache policy of its own. */
function isSigned(answer: Answer): boolean {
  return hasCmsMark(answer) || header(answer, 'x-trace-id') !== undefined;
}

/** What no server of another make gives, whatever a gateway repeats of the request: the platform, or the CMS's mark. */
function isNamed(answer: Answer, server: Json | undefined): boolean {
  return at(server, 'platform') !== undefined || hasCmsMark(answer);
}

function cached(answer: Answer): Answerer | undefined {
  const name = cacheOf(answer);
  return name === undefined ? undefined : { kind: 'cache', name };
}

/** A query may carry a state or a token, so that only origin and path are kept. */
function redirect({ status, url, headers: list }: Answer): Answerer | undefined {
  const location = headers({ headers: list }, 'location')[0];
  if (status < 300 || status > 399 || location === undefined) return undefined;
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    return { kind: 'redirect', to: '(a Location that is no web address)' };
  }
  const to = `${target.origin}${target.pathname}`;
  const moved = new URL(url).pathname === target.pathname.replace(/\/$/, '');
  return !moved && leadsToSignOn(target)
    ? { kind: 'challenge', wants: `a sign-on at ${to}` }
    : { kind: 'redirect', to };
}

function jsonAnswer(answer: Answer): Answerer | undefined {
  if (answer.parsed.kind !== 'json') return undefined;
  const body = answer.parsed.value;
  if (at(body, 'jsonrpc') === '2.0') return jsonRpc(answer, body);
  if (isTransportError(answer, body) || isDispatchState(body)) return EMCP;
  if (isSapi(answer, body)) return { kind: 'sapi' };
  if (answer.status === 403 && sameJson(body, CSRF_REFUSAL)) return { kind: 'cms', page: 'csrf' };
  if (isDebugDump(body)) return { kind: 'debug-page' };
  return challenge(answer) ?? limiter(answer) ?? gateway(answer);
}

/**
 * eMCP answers JSON-RPC with HTTP 200 always, under the id of the request, and names its platform, a trace id or the CMS;
 * other servers and eras do not (§6.1, §12.2). To `initialize` it names its platform, so that a trace id is too little.
 */
function jsonRpc(answer: Answer, body: Json): Answerer {
  const [id, result, error] = ['id', 'result', 'error'].map((key) => at(body, key));
  const server = at(result, 'serverInfo');
  if (at(body, 'method') !== undefined) return { kind: 'unreadable', why: 'a request in place of a response' };
  const isSaid = result !== undefined || error !== undefined;
  const isOwn = isNamed(answer, server) || (isSaid && answer.asked.method !== 'initialize' && isSigned(answer));
  if (answer.status !== 200 || at(result, 'resultType') !== undefined || !isOwn) return otherMcp(at(server, 'name'));
  if (result !== undefined && error !== undefined) return { kind: 'unreadable', why: 'both a result and an error' };
  // Only what it cannot read is refused without an id.
  const isAsked = id === undefined ? result === undefined : sameJson(id, answer.asked.id ?? null);
  return isAsked ? EMCP : otherMcp('its id is not that of the request');
}

function otherMcp(name: Json | undefined): Answerer {
  return { kind: 'other-mcp', name: typeof name === 'string' ? name : 'no name given' };
}

/**
 * Gateways shape errors alike, with codes such as `forbidden`, and some give them trace ids: that of the request in the
 * body tells them apart, or the one that the header has, which a proxy may have set before eMCP; else the CMS.
 */
function isTransportError(answer: Answer, body: Json): boolean {
  if (typeof at(body, 'error', 'code') !== 'string') return false;
  const traceId = at(body, 'error', 'trace_id');
  const isTraced = traceId === answer.asked.traceId || traceId === header(answer, 'x-trace-id');
  return (typeof traceId === 'string' && isTraced) || hasCmsMark(answer);
}

/** Contract §8.4. */
function isDispatchState(body: Json): boolean {
  const isState = typeof at(body, 'status') === 'string' && typeof at(body, 'reused') === 'boolean';
  return isState && typeof at(body, 'trace_id') === 'string';
}

/** Contract §2.3. */
function isSapi({ status }: Answer, body: Json): boolean {
  const said = typeof at(body, 'success') === 'boolean' && typeof at(body, 'message') === 'string';
  return said && at(body, 'code') === status && at(body, 'object') !== undefined;
}

/** Contract §2.6. */
const CSRF_REFUSAL = { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' };

/** Laravel names the exception, Symfony its class. */
function isDebugDump(body: Json): boolean {
  const named = typeof at(body, 'exception') === 'string' || typeof at(body, 'class') === 'string';
  return named && (at(body, 'file') !== undefined || Array.isArray(at(body, 'trace')));
}

const SERVER_NAME = /"serverInfo": ?\{[^{}]{0,200}?"name": ?"([^"\\]{1,100})"/;

/** Contract §6.6; a proxy may add others of the kind to every answer. */
const STREAM_HEADERS = ['x-emcp-stream-max-seconds', 'x-emcp-heartbeat-seconds'];

function eventStream(answer: Answer): Answerer | undefined {
  const declared = STREAM_HEADERS.some((name) => header(answer, name) !== undefined);
  if (declared && answer.status === 200) return EMCP;
  if (mediaType(answer) !== 'text/event-stream' || answer.status !== 200) return undefined;
  return isSigned(answer) ? EMCP : otherMcp(SERVER_NAME.exec(answer.text)?.[1]);
}

/**
 * An accepted notification and every answer to HEAD have no body, but are declared as JSON (contract §2.4). With the
 * mark of the CMS they are eMCP's, or the 404 of sApi. For HEAD, which proxies change on its way back, one of the two
 * may be missing; the answer to GET, which has a body, comes the same way.
 */
function emptyAnswer(answer: Answer): Answerer | undefined {
  const isHead = answer.method === 'HEAD';
  if (answer.text !== '' || (!isHead && answer.status !== 202)) return undefined;
  const media = mediaType(answer);
  const isDeclared = media === 'application/json' || (isHead && media === undefined && hasCmsMark(answer));
  if (!isDeclared || !(isHead ? isSigned(answer) : hasCmsMark(answer))) return undefined;
  return answer.status === 404 ? { kind: 'sapi' } : EMCP;
}

const LOGIN_FORM = /<form\b[^>]{0,300}(?:\bname=["']?loginfrm\b|\blogin\.processor\.php\b)/i;

/** The form of the manager's login page; any other sign-in page stands in front of it (contract §2.6). */
function managerPage(answer: Answer): Answerer | undefined {
  const login = answer.status === 200 && isMarkup(answer) && LOGIN_FORM.test(answer.text);
  return login ? { kind: 'cms', page: 'login' } : undefined;
}

function challenge(answer: Answer): Answerer | undefined {
  const wants = wantedByHeaders(answer) ?? (isMarkup(answer) ? wantedOfVisitors(answer) : undefined);
  return wants === undefined ? undefined : { kind: 'challenge', wants };
}

/** Some refuse with a page and do not name a scheme. */
function wantedOfVisitors(answer: Answer): string | undefined {
  return wantedByPage(answer) ?? (answer.status === 401 && !hasCmsMark(answer) ? 'credentials' : undefined);
}

// PHP's own words, frameworks' pages, and exceptions as JSON of another media type.
const DEBUG_MARKS =
  /<b>(?:Fatal|Parse) error<\/b>: |^(?:PHP )?(?:Fatal|Parse) error: |\bUncaught [\w\\]{1,200}(?:Exception|Error): |<title>[^<]{0,80}(?:Whoops|Ignition)|<title>\u{1F9E8}|\bWhoops container\b|\blaravel-exceptions|\bsf-dump\b|\bexception-(?:message-wrapper|summary)\b|"(?:exception|class)": ?"[\w\\]{1,200}(?:Exception|Error)"/mu;

function debugPage({ text, parsed }: Answer): Answerer | undefined {
  return parsed.kind === 'not-json' && DEBUG_MARKS.test(text) ? { kind: 'debug-page' } : undefined;
}

/** Newer cores refuse a manager POST without the session's token in plain text (contract §2.6). */
function csrfRefusal(answer: Answer): Answerer | undefined {
  if (answer.status !== 403 || mediaType(answer) !== 'text/plain' || !hasCmsMark(answer)) return undefined;
  const uncached = headers(answer, 'cache-control').some((value) => value.includes('no-store'));
  return uncached && /csrf|session|expired/i.test(answer.text) ? { kind: 'cms', page: 'csrf' } : undefined;
}

/** The page of nginx, whose `limit_req` answers 503 by default; load balancers without a target use the same words. */
const NGINX_503 = /503 Service Temporarily Unavailable[\s\S]{0,200}<center>(?:nginx|openresty|tengine|angie)/i;

/** Whatever limits with another shape than eMCP's does so in front of it. */
function limiter(answer: Answer): Answerer | undefined {
  const { status } = answer;
  const later = NGINX_503.test(answer.text) || header(answer, 'retry-after') !== undefined;
  if (status !== 429 && !(status === 503 && later)) return undefined;
  return { kind: 'limiter-in-front', name: gatewayNameOf(answer) ?? 'a limiter' };
}

function gateway(answer: Answer): Answerer | undefined {
  const { status } = answer;
  const failed = (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
  // Some name themselves in Server on what they pass on, too.
  if (!failed && hasCmsMark(answer) && isMarkup(answer)) return undefined;
  const name = failed ? (gatewayNameOf(answer) ?? 'a gateway') : makerOf(answer);
  return name === undefined ? undefined : { kind: 'gateway', name };
}

/** The CMS speaks HTML under its mark, and says with its status which of its pages it is (contract §2.5, §2.6). */
function sitePage(answer: Answer): Answerer | undefined {
  const { status, text } = answer;
  if (!isMarkup(answer) || (status >= 300 && status < 400)) return undefined;
  if (!hasCmsMark(answer)) return unsignedPage(answer);
  if (status === 404) return { kind: 'cms', page: 'not-found' };
  return { kind: 'cms', page: status < 400 && !text.includes('CMS Parse Error') ? 'home' : 'error' };
}

/** Without the mark of the CMS it may be of anybody. */
function unsignedPage(answer: Answer): Answerer {
  const name = firewallOf(answer);
  return name === undefined ? { kind: 'unsigned-page', media: mediaType(answer) ?? '' } : { kind: 'gateway', name };
}

function isMarkup(answer: Answer): boolean {
  const { method, status, parsed, text } = answer;
  const media = mediaType(answer);
  const declared = media === 'text/html' || media === 'application/xhtml+xml';
  const isEmpty = text.trim() === '' && method !== 'HEAD' && status < 400;
  return declared && !isEmpty && parsed.kind === 'not-json' && !parsed.why.startsWith('encoded');
}

function whyUnreadable({ status, parsed, headers: list, text }: Answer): string {
  if (parsed.kind === 'json') return 'JSON of another shape';
  if (status >= 300 && status < 400) return 'a redirect without a Location';
  const isText = parsed.why === 'markup' || parsed.why === 'malformed';
  if (isText && text.indexOf('{"jsonrpc":"2.0"') > 0) return 'something else before the JSON';
  if (parsed.why !== 'not declared as JSON') return parsed.why;
  return text.trim() === '' ? 'empty' : `declared as ${mediaType({ headers: list }) ?? 'nothing'}`;
}
