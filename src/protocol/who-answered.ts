import type { AnsweredBy } from '../model/answered-by.ts';
import { header, headers, mediaType, type HeaderList, type Parsed } from '../model/evidence.ts';
import { at, isObject, type Json } from '../model/json.ts';
import { gatewayNameOf, pageOfGateway } from './gateways.ts';

/** An HTTP answer as it arrived. */
export interface Answer {
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
  jsonAnswer,
  eventStream,
  emptyAnswer,
  challenge,
  debugPage,
  csrfRefusal,
  limiter,
  gateway,
  sitePage,
];

/** Who gave an HTTP answer, before any check judges it. Only `emcp` says something about eMCP. */
export function whoAnswered(answer: Answer): AnsweredBy {
  const head = { ...answer, text: answer.text.slice(0, LOOKED_AT) };
  for (const rule of RULES) {
    const found = rule(head);
    if (found !== undefined) return { ...found, status: answer.status };
  }
  return { kind: 'unreadable', status: answer.status, why: whyUnreadable(head) };
}

const EMCP: Answerer = { kind: 'emcp' };

/** Error codes of the transport (contract §2.3); an answer that has one is of eMCP, whatever else it lacks. */
const TRANSPORT_CODES = new Set([
  'invalid_payload',
  'unauthenticated',
  'forbidden',
  'scope_denied',
  'server_denied',
  'tool_denied',
  'streaming_disabled',
  'server_not_found',
  'method_not_allowed',
  'idempotency_conflict',
  'payload_too_large',
  'result_too_large',
  'unsupported_media_type',
  'rate_limited',
  'internal_error',
  'async_unavailable',
]);

/** A query may carry a state or a token, so that only origin and path are kept. */
function redirect({ status, url, headers: list }: Answer): Answerer | undefined {
  const location = headers({ headers: list }, 'location')[0];
  if (status < 300 || status > 399 || location === undefined) return undefined;
  if (!URL.canParse(location, url)) return { kind: 'redirect', to: '(a Location that is no URL)' };
  const { origin, pathname } = new URL(location, url);
  return { kind: 'redirect', to: `${origin}${pathname}`.slice(0, 300) };
}

function jsonAnswer(answer: Answer): Answerer | undefined {
  if (answer.parsed.kind !== 'json') return undefined;
  const body = answer.parsed.value;
  if (at(body, 'jsonrpc') === '2.0') return jsonRpc(answer, body);
  if (isTransportError(answer, body) || isDispatchState(body)) return EMCP;
  if (typeof at(body, 'success') === 'boolean' && at(body, 'code') !== undefined) return { kind: 'sapi' };
  if (at(body, 'code') === 'csrf_token_mismatch') return { kind: 'cms', page: 'csrf' };
  if (typeof at(body, 'exception') === 'string' && at(body, 'file') !== undefined) return { kind: 'debug-page' };
  return challenge(answer) ?? limiter(answer) ?? gateway(answer) ?? (hasTrace(answer) ? EMCP : undefined);
}

/** eMCP answers JSON-RPC with HTTP 200 always, and names its platform; other servers and eras do neither (§6.1, §12.2). */
function jsonRpc(answer: Answer, body: Json): Answerer {
  const server = at(body, 'result', 'serverInfo');
  const named = at(server, 'name');
  const name = typeof named === 'string' ? named.slice(0, 100) : 'no name given';
  const foreign =
    answer.status !== 200 ||
    at(body, 'result', 'resultType') !== undefined ||
    (isObject(server) && at(server, 'platform') === undefined && !hasTrace(answer));
  return foreign ? { kind: 'other-mcp', name } : EMCP;
}

function isTransportError(answer: Answer, body: Json): boolean {
  const error = at(body, 'error');
  const code = at(error, 'code');
  if (typeof code !== 'string') return false;
  return typeof at(error, 'trace_id') === 'string' || TRANSPORT_CODES.has(code) || hasTrace(answer);
}

/** Contract §8.4. */
function isDispatchState(body: Json): boolean {
  return typeof at(body, 'status') === 'string' && isObject(body) && ('reused' in body || 'idempotency_key' in body);
}

function hasTrace(answer: Answer): boolean {
  return header(answer, 'x-trace-id') !== undefined;
}

function eventStream(answer: Answer): Answerer | undefined {
  const declared = answer.headers.some(([name]) => /^x-emcp-/i.test(name));
  if (declared) return EMCP;
  if (mediaType(answer) !== 'text/event-stream' || answer.status !== 200) return undefined;
  return hasTrace(answer) ? EMCP : { kind: 'other-mcp', name: 'an event stream without headers of eMCP' };
}

/** An accepted notification and every answer to HEAD have no body, but are declared as JSON (contract §2.4). */
function emptyAnswer(answer: Answer): Answerer | undefined {
  if (answer.text !== '' || mediaType(answer) !== 'application/json') return undefined;
  return hasTrace(answer) ? EMCP : undefined;
}

const SIGN_ON =
  /SAMLRequest|kc-form-login|oauth2?\/(?:v\d\/)?authorize|login\.microsoftonline|\badfs\b|authelia|authentik/i;
const CHALLENGE_PAGE = /cf-chl|challenge-platform|<title>Just a moment/i;
const CAPTCHA = /g-recaptcha|h-?captcha|cf-turnstile|captcha-delivery/i;

/** eMCP asks for no proof by `WWW-Authenticate` (contract §2.4), so who does stands in front of it. */
function challenge(answer: Answer): Answerer | undefined {
  const scheme = /^\s*([A-Za-z]+)/.exec(header(answer, 'www-authenticate') ?? '')?.[1];
  if (scheme !== undefined && answer.status === 401) return { kind: 'challenge', wants: `HTTP ${scheme}` };
  if (answer.status === 407) return { kind: 'challenge', wants: 'credentials for the proxy' };
  if (header(answer, 'cf-mitigated') !== undefined) return { kind: 'challenge', wants: 'Cloudflare' };
  const waf = header(answer, 'x-amzn-waf-action');
  if (waf !== undefined) return { kind: 'challenge', wants: `AWS WAF ${waf.slice(0, 20)}` };
  if (!isMarkup(answer)) return undefined;
  if (CHALLENGE_PAGE.test(answer.text)) return { kind: 'challenge', wants: 'Cloudflare' };
  if (CAPTCHA.test(answer.text)) return { kind: 'challenge', wants: 'a captcha' };
  return SIGN_ON.test(answer.text) ? { kind: 'challenge', wants: 'single sign-on' } : undefined;
}

const DEBUG_MARKS =
  /Whoops, looks like something went wrong|<title>[^<]{0,80}(?:Whoops|Ignition|Symfony Exception)|sf-dump|laravel-exceptions|(?:PHP )?(?:Fatal|Parse) error:|<b>(?:Fatal error|Parse error|Warning)<\/b>:|Stack trace:\s*(?:<[^>]{1,20}>\s*)*#0|Uncaught [\w\\]{1,200}(?:Exception|Error)\b/i;

function debugPage({ status, text, parsed }: Answer): Answerer | undefined {
  return parsed.kind === 'not-json' && status >= 200 && DEBUG_MARKS.test(text) ? { kind: 'debug-page' } : undefined;
}

/** Newer cores refuse a manager POST without the session's token in plain text (contract §2.6). */
function csrfRefusal(answer: Answer): Answerer | undefined {
  const plain = answer.status === 403 && mediaType(answer) === 'text/plain';
  return plain && /csrf|session token/i.test(answer.text) ? { kind: 'cms', page: 'csrf' } : undefined;
}

/** Whatever limits with another shape than eMCP's does so in front of it; nginx's `limit_req` answers 503 by default. */
function limiter(answer: Answer): Answerer | undefined {
  const { status } = answer;
  const name = gatewayNameOf(answer) ?? 'a limiter';
  const byPage = status === 503 && /503 Service Temporarily Unavailable/i.test(answer.text);
  const byHeader = status === 503 && header(answer, 'retry-after') !== undefined;
  return status === 429 || byPage || byHeader ? { kind: 'limiter-in-front', name } : undefined;
}

function gateway(answer: Answer): Answerer | undefined {
  const { status } = answer;
  const name = gatewayNameOf(answer);
  const byStatus = (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
  if (byStatus) return { kind: 'gateway', name: name ?? 'a gateway' };
  const page = pageOfGateway(answer);
  return page === undefined ? undefined : { kind: 'gateway', name: page };
}

/** The CMS speaks HTML, and says with its status which of its pages it is (contract §2.5, §2.6). */
function sitePage(answer: Answer): Answerer | undefined {
  const { status, text } = answer;
  if (!isMarkup(answer)) return undefined;
  if (/<input\b[^>]{0,500}\bname=["']?password\b/i.test(text)) return { kind: 'cms', page: 'login' };
  if (/<input\b[^>]{0,500}\btype=["']?password\b/i.test(text)) return { kind: 'challenge', wants: 'a sign-in page' };
  if (status === 404) return { kind: 'cms', page: 'not-found' };
  return { kind: 'cms', page: status < 400 ? 'home' : 'error' };
}

function isMarkup(answer: Answer): boolean {
  const media = mediaType(answer);
  const declared = media === 'text/html' || media === 'application/xhtml+xml';
  return declared && answer.parsed.kind === 'not-json' && !answer.parsed.why.startsWith('encoded');
}

function whyUnreadable({ status, parsed, headers: list }: Answer): string {
  if (parsed.kind === 'json') return 'JSON of another shape';
  if (status >= 300 && status < 400) return 'a redirect without a Location';
  const media = mediaType({ headers: list });
  return parsed.why === 'not declared as JSON' ? `declared as ${media ?? 'nothing'}` : parsed.why;
}
