import { headers, type HeaderList, type Parsed } from '../model/evidence.ts';
import { at, type Json } from '../model/json.ts';
import { isRunName } from '../model/run-prefix.ts';
import { gatewayNameOf } from './gateways.ts';

/** The part of an answer that tells whether it was made for its request. */
interface Stored {
  readonly asked: {
    readonly traceId: string | undefined;
    readonly requestId?: string | undefined;
    readonly earlier?: ReadonlySet<string>;
  };
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
  readonly parsed: Parsed;
}

/** Where caches tell what they did; `X-Varnish` has a second number for what was stored. */
const TOLD_IN =
  /^(?:cache-status|(?:cf|cdn)-cache(?:-status)?|x-(?:(?:proxy|fastcgi|nginx|varnish|litespeed|edge|cdn)-)?cache(?:-status)?|x-varnish)$/i;
/** The word a cache begins with, whatever it adds: `HIT from a`, `TCP_MEM_HIT`; one that never keeps an answer says so. */
const TAKEN_FROM_STORE =
  /^(?:(?:[a-z]+_)*(?:refresh)?hit(?:-(?:stale|fresh|wait|cluster))*(?![\w-])(?! for )|(?:stale|updating|revalidated)(?![\w-])|\d{1,20} \d{1,20}$)/i;
/** The same as a parameter of `Cache-Status`, whose first word is a name (RFC 9211 2.1). */
const HIT_PARAMETER = /;\s{0,9}hit\s{0,9}(?:=\s{0,9}\?1\s{0,9})?(?:;|$)/i;

/** Who answered from a store; `undefined` for an answer that was made for this request. */
export function cacheOf(answer: Stored): string | undefined {
  const isStored = hasAge(answer) || saysSo(answer) || traceIds(answer).some((id) => isEarlier(id, answer));
  return isStored ? (gatewayNameOf(answer) ?? 'no name given') : undefined;
}

function hasAge(answer: Stored): boolean {
  return headers(answer, 'age').some((value) => Number(value) > 0);
}

function saysSo({ headers: list }: Stored): boolean {
  return list.some(([name, value]) => TOLD_IN.test(name) && isHit(value));
}

/** Whether one of the caches on the way took the answer from its store. */
function isHit(value: string): boolean {
  const told = value.split(',').map((one) => one.trim());
  return told.some((one) => (one.includes(';') ? HIT_PARAMETER : TAKEN_FROM_STORE).test(one));
}

/** A name that a run of ours sent along with another request, or one that somebody gave to an earlier answer. */
function isEarlier(id: Json | undefined, { asked }: Stored): boolean {
  if (typeof id !== 'string') return false;
  const own = [asked.traceId, asked.requestId].map((sent) => sent?.trim()).filter((sent) => sent !== undefined);
  // A proxy may append to what was sent, or shorten it.
  if (own.some((sent) => sent !== '' && (id.includes(sent) || sent.startsWith(id)))) return false;
  return isRunName(id) || asked.earlier?.has(id) === true;
}

/** A task keeps the trace id of the request that queued it; those of an answer itself stand here. */
function traceIds(answer: Stored): readonly (Json | undefined)[] {
  const named = ['x-trace-id', 'x-request-id'].flatMap((name) => headers(answer, name)).map((id) => id.trim());
  if (answer.parsed.kind !== 'json') return named;
  const body = answer.parsed.value;
  return [...named, at(body, 'error', 'trace_id'), at(body, 'reused') === false ? at(body, 'trace_id') : undefined];
}
