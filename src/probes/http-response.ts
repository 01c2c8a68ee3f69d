import type { PersonalData } from '../journal/personal-data.ts';
import type { Codec, Recorded, Recorder } from '../journal/recorder.ts';
import { inBrief } from '../model/answered-by.ts';
import { mediaType, type Exchange, type HeaderList } from '../model/evidence.ts';
import { textOf, type KeptText } from '../model/journal-entry.ts';
import { at } from '../model/json.ts';
import { parseJsonBody } from '../protocol/json-body.ts';
import { whoAnswered } from '../protocol/who-answered.ts';
import type { HttpReply, HttpRequest } from './http.ts';

/** An HTTP response, read and classified, before it is known when it was asked for. */
export type Response = Omit<Exchange, 'evidence' | 'request' | 'timing'> & {
  readonly timing: Omit<Exchange['timing'], 'atMs'>;
  readonly resent?: boolean;
};

interface Reading extends Pick<Recorder, 'brief'> {
  readonly personalData: PersonalData;
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
