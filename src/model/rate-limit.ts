import { header, jsonOf, type Exchange } from './evidence.ts';
import { at } from './json.ts';

/** eMCP's own limiter refused it; one in front of it says nothing about eMCP. */
export function isLimited(reply: Exchange): boolean {
  if (reply.answeredBy.kind !== 'emcp') return false;
  return reply.status === 429 || at(jsonOf(reply), 'error', 'code') === 'rate_limited';
}

/** Why nothing was measured where this identity ran into the limiter without looking for it, and when to repeat it. */
export function describeLimited(reply: Exchange, who: string): string {
  const seconds = header(reply, 'retry-after') ?? '';
  const when = /^[1-9]\d{0,3}$/.test(seconds) ? `in ${seconds} s` : 'in a minute';
  return `the rate-limit bucket of this identity (${who}) is spent: try again ${when}`;
}
