import {
  burst,
  defineCheck,
  equals,
  inconclusive,
  notApplicable,
  type BurstContext,
  type Exchange,
} from '../../src/kit/index.ts';

// Contract §2.2: what passes authentication and scope is counted, whatever the controller says of it.
const FEW = 3;

export default defineCheck({
  id: 'rate/counted-requests',
  title: 'Refused callers cost nothing, refused bodies count',
  proves: 'A stranger cannot spend the budget of a client, and a broken client spends its own.',
  remedy: 'Compare the order of the route middleware with a stock installation: token, scope, actor, rate.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'CONTRACT 2.2', 'CONTRACT 5'],
  severity: 'must',
  impact: 'load',
  requests: {},
  needs: ['mcp', 'token', 'mint'],
  timeLimit: 260_000,

  async *run(context) {
    const limit = context.expect.rate.perMinute;
    if (limit === 'unlimited' || limit <= 2 * FEW) {
      yield notApplicable('the profile promises no rate limit that leaves room to count');
      return;
    }
    const { uncounted, counted, seen } = await spend(context, limit);
    if (uncounted === undefined || counted === undefined) {
      yield inconclusive('the burst took longer than a limiter window is safe');
      return;
    }
    yield equals('uncounted', { actual: uncounted, expected: 0, seen });
    yield equals('counted', { actual: counted, expected: 2 * FEW, seen });
  },
});

/**
 * How much of the bucket `unknown` two kinds of refusal spent: 401 and scope 403 none, 415 and 413 all. (The scope
 * refusal names a method, so it could only show in that method's bucket; what is shown is that no bucket leaks.)
 */
async function spend(context: BurstContext & { readonly mint: NonNullable<BurstContext['mint']> }, limit: number) {
  const { mcp, mint, ids, expect } = context;
  const left = async (refused: (subject: string) => Promise<Exchange[]>) => {
    const subject = `emcp-count-${ids.nonce()}`;
    const exchanges = await refused(subject);
    const token = await mint.token({ subject });
    const { allowed, last, straddled } = await burst({ ...context, mint: { token: async () => token } }, limit + 1);
    return { spent: straddled ? undefined : limit - allowed, seen: [...exchanges, last] };
  };
  const strangers = await left(async (subject) => {
    const expired = await mint.token({ subject, expiresIn: -60, label: 'expired token' });
    const scopeless = await mint.token({ subject, scopes: null, label: 'token without scopes' });
    return repeat(FEW, [
      () => mcp.send({ token: expired, body: [] }),
      () => mcp.send({ token: scopeless, body: rpc('tools/list') }),
    ]);
  });
  const broken = await left(async (subject) => {
    const token = await mint.token({ subject });
    const oversized = { raw: ' '.repeat(expect.limits.payloadKb * 1024 + 1) };
    return repeat(FEW, [
      () => mcp.send({ token, body: { raw: '[]' }, headers: { 'Content-Type': 'text/plain' } }),
      () => mcp.send({ token, body: oversized, headers: { 'Content-Type': 'application/json' } }),
    ]);
  });
  return { uncounted: strangers.spent, counted: broken.spent, seen: [...strangers.seen, ...broken.seen] };
}

async function repeat(times: number, sends: readonly (() => Promise<Exchange>)[]): Promise<Exchange[]> {
  const replies: Exchange[] = [];
  for (let turn = 0; turn < times; turn += 1) for (const send of sends) replies.push(await send());
  return replies;
}
