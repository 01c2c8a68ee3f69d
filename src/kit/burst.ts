import { rpc } from './facts.ts';
import { at, jsonOf, type CheckContext, type Exchange, type Json, type Token } from './vocabulary.ts';

/** A limiter window lasts 60 s (contract §5); a burst that takes longer than this may have seen two of them. */
const WINDOW_SAFETY_MS = 55_000;

export type BurstContext = CheckContext<'mcp' | 'token', 'mint'>;

/** A bucket of the rate limiter: server × method × identity. */
export interface Bucket {
  readonly token: Token;
  readonly body: Json;
  readonly server?: string;
  /** Nobody else can have used it. */
  readonly fresh: boolean;
}

/**
 * A fresh subject where a secret allows one; a method nobody asked for where the token may; else the one readable method
 * no other check asks for with its ordinary identity.
 */
async function privateBucket({ token, mint, ids }: BurstContext): Promise<Bucket> {
  if (mint) return { token: await mint.token({ subject: `emcp-burst-${ids.nonce()}` }), body: [], fresh: true };
  const sound = await token.sound();
  const privileged = sound.scopes?.some((scope) => scope === '*' || scope === 'mcp:admin') ?? false;
  if (privileged) return { token: sound, body: rpc(`emcp-${ids.nonce()}`), fresh: true };
  return { token: sound, body: rpc(BURST_METHOD, { uri: 'emcp://nothing' }), fresh: false };
}

/** Answered cheaply with an error, whatever the server holds. */
export const BURST_METHOD = 'resources/read';

export interface Burst {
  readonly bucket: Bucket;
  /** Requests let through before the first 429, or all that were sent. */
  readonly allowed: number;
  readonly last: Exchange;
  /** Longer than a limiter window is safe: nothing can be said of the number. */
  readonly straddled: boolean;
}

/**
 * Requests one after another, as concurrent ones overshoot on a healthy runtime, until one is refused or `most` were
 * let through. A burst that took too long is repeated once in another fresh bucket; `within` fixes parts of the bucket.
 */
export async function burst(context: BurstContext, most: number, within: Partial<Bucket> = {}): Promise<Burst> {
  const first = await burstOnce(context, most, within);
  const repeatable = first.straddled && first.bucket.fresh && within.token === undefined;
  return repeatable ? burstOnce(context, most, within) : first;
}

async function burstOnce(context: BurstContext, most: number, within: Partial<Bucket>): Promise<Burst> {
  const bucket: Bucket = { ...(await privateBucket(context)), ...within };
  const began = context.clock.monotonic();
  let allowed = 0;
  for (;;) {
    const last = await sendInto(context, bucket);
    const straddled = context.clock.monotonic() - began > WINDOW_SAFETY_MS;
    if (isLimited(last) || straddled || isUncounted(last)) return { bucket, allowed, last, straddled };
    allowed += 1;
    if (allowed === most) return { bucket, allowed, last, straddled };
  }
}

/** One request that the limiter counts in this bucket. */
export async function sendInto({ mcp }: BurstContext, { token, body, server }: Bucket): Promise<Exchange> {
  return mcp.send({ token, body, ...(server === undefined ? {} : { server }) });
}

export function isLimited(reply: Exchange): boolean {
  return reply.status === 429 || at(jsonOf(reply), 'error', 'code') === 'rate_limited';
}

/** What is refused before the limiter says nothing of it. */
function isUncounted({ status }: Exchange): boolean {
  return status === 401 || status === 403;
}

/** Why a burst says nothing, when it does not. */
export function whyInconclusive({ straddled, bucket, allowed, last }: Burst, promised: number): string | undefined {
  if (isUncounted(last)) return `the burst was refused with HTTP ${last.status}, which the limiter does not count`;
  if (straddled)
    return `the burst took longer than ${WINDOW_SAFETY_MS / 1000} s, so it may have seen two limiter windows`;
  if (!bucket.fresh && allowed < promised) {
    return 'the bucket of the given token was used before this burst; a signing secret gives each check one of its own';
  }
  return undefined;
}
