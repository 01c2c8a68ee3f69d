import { inconclusive } from './observe.ts';
import { searchFor } from './read-call.ts';
import {
  at,
  foreignTo,
  jsonOf,
  sameJson,
  type CheckContext,
  type Exchange,
  type Expectations,
  type Inconclusive,
  type Json,
  type Token,
} from './vocabulary.ts';

/** The dispatch of the runbook (§3.2), a read call; another limit makes another payload. */
export function dispatchBody(limit = 1): Json {
  return { method: 'tools/call', params: searchFor(limit) };
}

export interface Submission {
  readonly token: Token;
  /** Sent as a header; absent where the body has one, or there is none. */
  readonly key?: string;
  /** Default: the read call of the runbook. */
  readonly body?: Json;
  readonly server?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a dispatch. */
export async function submit(
  { mcp }: CheckContext<'mcp', never>,
  { token, key, body = dispatchBody(), server, headers }: Submission,
): Promise<Exchange> {
  const keyed = key === undefined ? headers : { ...headers, 'Idempotency-Key': key };
  return mcp.send({
    to: 'dispatch',
    once: true,
    token,
    body,
    ...(server === undefined ? {} : { server }),
    ...(keyed === undefined ? {} : { headers: keyed }),
  });
}

/** Where a dispatch stands, by its answer: the HTTP status, and the state or the error code of the body. */
export function dispatchState(reply: Exchange): { readonly status: number; readonly state: Json } {
  const body = jsonOf(reply);
  return { status: reply.status, state: at(body, 'status') ?? at(body, 'error', 'code') ?? '(none)' };
}

/** A value of a dispatch's answer. */
export function inDispatch(reply: Exchange, ...path: readonly (string | number)[]): Json | undefined {
  return at(jsonOf(reply), ...path);
}

/** What an accepted dispatch answers, as the profile expects it. */
export function expectedState({ dispatch }: Expectations): { readonly status: number; readonly state: string } {
  return dispatch.outcome === 'sync' ? { status: 200, state: 'completed' } : { status: 202, state: 'accepted' };
}

/** A database that does not know a task that was accepted: which of the two is the wrong one cannot be told. */
export function taskNotFound(slug: string): Inconclusive {
  return inconclusive('the task is not in this database: is it the one of the target?', slug);
}

/** A first dispatch that was not accepted says nothing of what comes after it; `undefined` where it was. */
export function notAccepted(slug: string, reply: Exchange, expect: Expectations): Inconclusive | undefined {
  const foreign = foreignTo(slug, reply);
  if (foreign !== undefined) return foreign;
  const { status, state } = dispatchState(reply);
  if (sameJson({ status, state }, expectedState(expect))) return undefined;
  return inconclusive(
    `the first dispatch was not accepted (HTTP ${status}, ${JSON.stringify(state)}); see idempotency/first-accepted`,
    slug,
  );
}
