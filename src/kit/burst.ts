import { describeAnswerer } from '../model/answered-by.ts';
import { inconclusive } from './observe.ts';
import {
  foreignTo,
  FRESH_ID,
  isLimited,
  type CheckContext,
  type Exchange,
  type Expectations,
  type Inconclusive,
  type Json,
  type JsonObject,
  type RequestCount,
  type TargetFacts,
  type Token,
} from './vocabulary.ts';

/** A limiter window lasts 60 s (contract §5); a burst that takes longer than this may have seen two of them. */
const WINDOW_SAFETY_MS = 55_000;

export type BurstContext = CheckContext<'mcp' | 'token', 'mint'>;

/** A bucket of the rate limiter: server × method × identity. */
export interface Bucket {
  readonly token: Token;
  /** Default: a batch, in which the limiter reads no method. */
  readonly call?: { readonly method: string; readonly params?: JsonObject };
  readonly server?: string;
  /** Unused by anybody before. */
  readonly fresh: boolean;
}

/**
 * A fresh subject where a secret allows one; a method nobody asked for where the token may; else the one readable method
 * no other check asks for with its ordinary identity.
 */
async function privateBucket({ token, mint, ids }: BurstContext): Promise<Bucket> {
  if (mint) return { token: await mint.token({ subject: ids.name() }), fresh: true };
  const valid = await token.sound();
  if (isPrivileged(valid.scopes)) return { token: valid, call: { method: ids.name() }, fresh: true };
  return { token: valid, call: NOTHING_TO_READ, fresh: false };
}

function isPrivileged(scopes: readonly string[] | undefined): boolean {
  return scopes?.some((scope) => scope === '*' || scope === 'mcp:admin') ?? false;
}

/** Answered cheaply with an error, whatever the server holds. */
const NOTHING_TO_READ = { method: 'resources/read', params: { uri: 'emcp://nothing' } };

/** What a burst of so many requests in a bucket of its own sends with an identity of its own, or with a new method. */
export function burstElsewhere(requests: number, { offers, tokenScopes }: TargetFacts): RequestCount {
  if (offers.mint.offered) return { unknown: requests };
  return isPrivileged(tokenScopes) ? { other: requests } : {};
}

/** The same for the one token that every check shares. */
export function burstShared(requests: number, { offers, tokenScopes }: TargetFacts): RequestCount {
  return offers.mint.offered || isPrivileged(tokenScopes) ? {} : { [NOTHING_TO_READ.method]: requests };
}

export interface Burst {
  readonly bucket: Bucket;
  /** Requests eMCP let through before the first 429, or all that were sent. */
  readonly allowed: number;
  readonly last: Exchange;
  /** Longer than a limiter window is safe: nothing can be said of the number. */
  readonly straddled: boolean;
}

/**
 * Requests one after another, as concurrent ones overshoot on a healthy runtime, until one is refused or `most` were
 * let through; `within` fixes parts of the bucket. It ends, too, with the first answer the limiter does not count.
 */
export async function burst(context: BurstContext, most: number, within: Partial<Bucket> = {}): Promise<Burst> {
  const bucket: Bucket = { ...(await privateBucket(context)), ...within };
  let began: number | undefined;
  let allowed = 0;
  for (;;) {
    const last = await sendInto(context, bucket);
    const { atMs, totalMs } = last.timing;
    began ??= atMs;
    const straddled = atMs + totalMs - began > WINDOW_SAFETY_MS;
    if (isLimited(last) || straddled || isUncounted(last)) return { bucket, allowed, last, straddled };
    allowed += 1;
    if (allowed === most) return { bucket, allowed, last, straddled };
  }
}

/** One request that the limiter counts in this bucket, and that is never repeated. */
export async function sendInto({ mcp }: BurstContext, { token, call, server }: Bucket): Promise<Exchange> {
  const options = { token, once: true as const, ...(server === undefined ? {} : { server }) };
  return call === undefined ? mcp.send({ ...options, body: BATCH }) : mcp.request(call.method, call.params, options);
}

/** A body in which the limiter reads no method. */
export const BATCH: Json = [{ id: FRESH_ID }];

/** What is refused before the limiter, or by somebody else, says nothing of it. */
function isUncounted({ answeredBy, status }: Exchange): boolean {
  return answeredBy.kind !== 'emcp' || status === 401 || status === 403;
}

/** Why a burst says nothing, when it does not. */
export function whyInconclusive({ straddled, bucket, allowed, last }: Burst, expected: number): string | undefined {
  if (last.answeredBy.kind !== 'emcp') return `after ${allowed} requests: ${describeAnswerer(last.answeredBy)}`;
  if (isUncounted(last)) return `the burst was refused with HTTP ${last.status}, which the limiter does not count`;
  if (straddled)
    return `the burst took longer than ${WINDOW_SAFETY_MS / 1000} s, so it may have seen two limiter windows`;
  if (!bucket.fresh && allowed < expected) {
    return 'the bucket of the given token was used before this burst; a signing secret gives each check one of its own';
  }
  if (!bucket.fresh && expected > 0 && allowed > expected && allowed <= 2 * expected) {
    return 'a window of the given token may have begun before this burst, so that it saw two; a signing secret gives each check a bucket of its own';
  }
  return undefined;
}

/** The same as an observation, with who answered in place of the limiter. */
export function unclearBurst(slug: string, burst: Burst, expected: number): Inconclusive | undefined {
  const reason = whyInconclusive(burst, expected);
  if (reason === undefined) return undefined;
  return { ...(foreignTo(slug, burst.last) ?? inconclusive(reason, slug)), reason };
}

/** A bucket that could not be filled, by the last answer it gave. */
export function notFilled(slug: string, last: Exchange | undefined, see: string): Inconclusive {
  const foreign = last === undefined ? undefined : foreignTo(slug, last);
  return foreign ?? inconclusive(`the bucket could not be filled in one window; see ${see}`, slug);
}

/** Requests a minute where the profile expects a limit; a check of it applies nowhere else. */
export function limitOf({ rate }: Pick<Expectations, 'rate'>, which: 'perMinute' | 'globalPerMinute'): number {
  const limit = rate[which];
  return limit === 'unlimited' ? 0 : limit;
}
