import { headerOf } from '../../src/server/json-response.ts';
import type { HeaderList, ServerResponse } from '../../src/server/message.ts';
import { differencesOf, type Difference } from './difference.ts';
import { sameIn, withoutRefusals, type Pairing } from './form.ts';
import { bytesOf, type Exchange } from './recorded.ts';

/** Everything in which our answer differs from the recorded one, but for what may differ (see the recordings' README). */
export function compare(
  exchange: Exchange,
  ours: ServerResponse & { readonly body: string },
  pairing: Pairing,
): readonly Difference[] {
  const recorded = { ...exchange.response, body: bytesOf(exchange.response).toString('utf8') };
  const isHtml = headerOf(recorded, 'content-type')?.startsWith('text/html') === true;
  return [
    ...differencesOf('status', recorded.status, ours.status),
    ...compareHeaders(exchange, ours, isHtml),
    ...(isHtml || exchange.request.method === 'HEAD' ? [] : compareBodies(recorded.body, ours.body, pairing)),
  ];
}

const EXACT = [
  'Allow',
  'WWW-Authenticate',
  'X-eMCP-Stream-Max-Seconds',
  'X-eMCP-Heartbeat-Seconds',
  'X-Accel-Buffering',
];
const BY_PRESENCE = ['MCP-Session-Id', 'Retry-After', 'Set-Cookie', 'X-Trace-Id', 'X-Request-Id'];

function compareHeaders(exchange: Exchange, ours: ServerResponse, isHtml: boolean): readonly Difference[] {
  const recorded: ServerResponse = { ...exchange.response, body: '' };
  const pair = (name: string) => [headerOf(recorded, name), headerOf(ours, name)] as const;
  const media = pair('Content-Type').map((type) => (isHtml ? type?.split(';')[0] : type));
  const exact = EXACT.flatMap((name) => differencesOf(`header.${name}`, ...pair(name)));
  const presence = BY_PRESENCE.flatMap((name) => {
    const [theirs, our] = pair(name);
    return differencesOf(`header.${name}.present`, theirs !== undefined, our !== undefined);
  });
  return [
    ...differencesOf('header.Content-Type', media[0], media[1]),
    ...differencesOf('header.Cache-Control', directives(recorded.headers), directives(ours.headers)),
    ...exact,
    ...presence,
    ...compareEcho(exchange, ours, 'X-Trace-Id'),
    ...compareEcho(exchange, ours, 'X-Request-Id'),
    ...compareWait(...pair('Retry-After')),
  ];
}

function directives(headers: HeaderList): readonly string[] {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'cache-control').map(([, value]) => value);
  return [...new Set(lines.flatMap((line) => line.split(',').map((one) => one.trim())))].toSorted();
}

/** An id the client sent comes back as it did then. */
function compareEcho(exchange: Exchange, ours: ServerResponse, name: string): readonly Difference[] {
  const sent = Object.keys(exchange.request.headers).some((one) => one.toLowerCase() === name.toLowerCase());
  const recorded: ServerResponse = { ...exchange.response, body: '' };
  return sent ? differencesOf(`header.${name}`, headerOf(recorded, name), headerOf(ours, name)) : [];
}

function compareWait(recorded: string | undefined, ours: string | undefined): readonly Difference[] {
  const far = Math.abs(Number(recorded ?? 0) - Number(ours ?? 0)) > 1;
  return far ? [{ path: 'header.Retry-After', recorded, ours }] : [];
}

function compareBodies(recorded: string, ours: string, pairing: Pairing): readonly Difference[] {
  return differencesOf('body', parseBody(recorded), parseBody(ours), sameIn(pairing));
}

/** JSON as it is, a stream as its messages and whether something follows them, anything else as text. */
function parseBody(text: string): unknown {
  if (!text.startsWith('data: ')) return parseJson(text);
  const blocks = text.split('\n\n').filter((block) => block !== '');
  const messages = blocks.filter((block) => block.startsWith('data: '));
  return {
    messages: messages.map((block) => parseJson(block.slice('data: '.length))),
    more: blocks.length > messages.length,
  };
}

function parseJson(text: string): unknown {
  try {
    return withoutRefusals(JSON.parse(text));
  } catch {
    return text;
  }
}
