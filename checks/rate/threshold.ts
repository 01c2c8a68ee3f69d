import {
  at,
  defineCheck,
  equals,
  holds,
  header,
  inconclusive,
  jsonOf,
  notApplicable,
  refusal,
  type CheckContext,
  type Exchange,
  type Json,
  type Token,
} from '../../src/kit/index.ts';

// §2.3 counts within a window of 60 s; a burst that takes longer may see two windows.
const WINDOW_SAFETY_MS = 55_000;

type Context = CheckContext<'mcp' | 'token', 'mint'>;

export default defineCheck({
  id: 'rate/threshold',
  title: 'The rate limit refuses exactly after the promised number of requests',
  proves: 'A caller gets what the deployment promises a minute, and not one request more.',
  remedy: 'Compare `rate_limit.per_minute` of the server (it wins) and of eMCP; 0 or text means unlimited.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'runbook:2.3/per-server', 'runbook:6/429', 'CONTRACT 5', 'H26'],
  severity: 'must',
  impact: 'load',
  requests: ({ rate }) => ({ unknown: rate.perMinute === 'unlimited' ? 0 : rate.perMinute }),
  needs: ['mcp', 'token'],
  optional: ['mint'],

  async *run(context) {
    const limit = context.expect.rate.perMinute;
    if (limit === 'unlimited') {
      yield notApplicable('the profile promises no rate limit');
      return;
    }
    const bucket = await privateBucket(context);
    let burst = await burstOf(context, { bucket, limit });
    if (burst.tookMs > WINDOW_SAFETY_MS)
      burst = await burstOf(context, { bucket: await privateBucket(context), limit });
    if (burst.tookMs > WINDOW_SAFETY_MS) {
      yield inconclusive(
        `${limit + 1} requests took ${Math.round(burst.tookMs / 1000)} s, longer than a limiter window is safe`,
      );
      return;
    }
    if (!bucket.fresh && burst.allowed < limit) {
      yield inconclusive(
        'the bucket of the given token was used before this burst; a signing secret gives it one of its own',
      );
      return;
    }
    yield equals('allowed', { actual: burst.allowed, expected: limit, seen: burst.last });
    yield refusal('refused', { reply: burst.last, status: 429, code: 'rate_limited' });
    yield retryAfter(burst.last);
  },
});

interface Bucket {
  readonly token: Token;
  readonly body: Json;
  /** Nobody else can have used it. */
  readonly fresh: boolean;
}

/** A fresh subject where a secret allows one, a method nobody asked for where the token may, else the bucket `unknown`. */
async function privateBucket({ token, mint, ids }: Context): Promise<Bucket> {
  if (mint) return { token: await mint.token({ subject: `emcp-burst-${ids.nonce()}` }), body: [], fresh: true };
  const sound = await token.sound();
  const privileged = sound.scopes?.some((scope) => scope === '*' || scope === 'mcp:admin') ?? false;
  if (privileged) return { token: sound, body: { jsonrpc: '2.0', id: 1, method: `emcp-${ids.nonce()}` }, fresh: true };
  return { token: sound, body: [], fresh: false };
}

/** Requests one after another, as concurrent ones overshoot on a healthy runtime, until one is refused. */
async function burstOf(
  { mcp, clock }: Context,
  { bucket, limit }: { readonly bucket: Bucket; readonly limit: number },
): Promise<{ readonly allowed: number; readonly last: Exchange; readonly tookMs: number }> {
  const began = clock.monotonic();
  let allowed = 0;
  for (;;) {
    const last = await mcp.send({ token: bucket.token, body: bucket.body });
    const refused = last.status === 429 || at(jsonOf(last), 'jsonrpc') !== '2.0';
    if (refused || allowed > limit) return { allowed, last, tookMs: clock.monotonic() - began };
    allowed += 1;
  }
}

function retryAfter(reply: Exchange): ReturnType<typeof holds> {
  const value = header(reply, 'retry-after');
  const held = value !== undefined && /^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= 60;
  return holds('retry-after', { actual: value, expected: 'whole seconds from 1 to 60', held, seen: reply });
}
