import { header, headers, type HeaderList, type Parsed } from '../model/evidence.ts';
import { at, type Json } from '../model/json.ts';
import { isRunName } from '../model/run-prefix.ts';
import { gatewayNameOf } from './gateways.ts';

/** The part of an answer that tells whether it was made for its request. */
interface Stored {
  readonly asked: { readonly traceId: string | undefined; readonly earlier?: ReadonlySet<string> };
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
  readonly parsed: Parsed;
}

/** Where caches tell what they did; `X-Varnish` has a second number for what was stored. */
const TOLD_IN =
  /^(?:cache-status|(?:cf|cdn)-cache(?:-status)?|x-(?:(?:proxy|fastcgi|nginx|varnish|litespeed|edge|cdn)-)?cache(?:-status)?|x-varnish)$/i;
/** Some decide to pass a request on, and remember that: `HIT-FOR-PASS` was fetched. */
const TAKEN_FROM_STORE = /hit\b(?!-for-)|^(?:stale|updating|revalidated)\b|^\d{1,20} \d{1,20}$/i;
/** One cache of `Cache-Status` that says why it asked somebody else (RFC 9211 2.2). */
const FORWARDED = /;\s*fwd\s*=/i;

/** Who answered from a store; `undefined` for an answer that was made for this request. */
export function cacheOf(answer: Stored): string | undefined {
  const isStored = hasAge(answer) || saysSo(answer) || traceIds(answer).some((id) => isEarlier(id, answer));
  return isStored ? (gatewayNameOf(answer) ?? 'no name given') : undefined;
}

function hasAge(answer: Stored): boolean {
  return headers(answer, 'age').some((value) => Number(value) > 0);
}

function saysSo({ headers: list }: Stored): boolean {
  return list.some(([name, value]) => TOLD_IN.test(name) && toldIn(value).some((told) => TAKEN_FROM_STORE.test(told)));
}

/** What each cache on the way says, without those that name themselves only to say that they passed the request on. */
function toldIn(value: string): readonly string[] {
  const told = value.split(',').map((one) => one.trim());
  return told.filter((one) => !FORWARDED.test(one));
}

/** A name that a run of ours sent along with another request, or one that somebody gave to an earlier answer. */
function isEarlier(id: Json | undefined, { asked }: Stored): boolean {
  if (typeof id !== 'string' || id === asked.traceId?.trim()) return false;
  return isRunName(id) || asked.earlier?.has(id) === true;
}

/** A task keeps the trace id of the request that queued it; those of an answer itself stand here. */
function traceIds(answer: Stored): readonly (Json | undefined)[] {
  const inBody = answer.parsed.kind === 'json' ? at(answer.parsed.value, 'error', 'trace_id') : undefined;
  return [header(answer, 'x-trace-id'), inBody];
}
