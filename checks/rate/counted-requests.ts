import {
  burst,
  defineCheck,
  equals,
  inconclusive,
  notApplicable,
  rpc,
  type CheckContext,
  type Exchange,
  type RouteRequest,
} from '../../src/kit/index.ts';

// Contract §2.2: what passes authentication and scope is counted, whatever the controller says of it.
const FEW = 3;
const LIST = rpc('tools/list');

type Context = CheckContext<'mcp' | 'token' | 'mint', never>;

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

/** How much of a fresh `tools/list` bucket two kinds of refusal spent: 401 and scope 403 none, 415 and 413 all. */
async function spend(context: Context, limit: number) {
  const { mint, expect } = context;
  const strangers = await spentBy(context, limit, async (subject) => [
    { token: await mint.token({ subject, expiresIn: -60, label: 'expired token' }), body: LIST },
    { token: await mint.token({ subject, scopes: null, label: 'token without scopes' }), body: LIST },
  ]);
  const text = JSON.stringify(LIST);
  const broken = await spentBy(context, limit, async (subject) => {
    const token = await mint.token({ subject });
    return [
      { token, body: { raw: text }, headers: { 'Content-Type': 'text/plain' } },
      { token, body: { raw: text.padEnd(expect.limits.payloadKb * 1024 + 1, ' ') } },
    ];
  });
  return { uncounted: strangers.spent, counted: broken.spent, seen: [...strangers.seen, ...broken.seen] };
}

async function spentBy(
  context: Context,
  limit: number,
  requestsOf: (subject: string) => Promise<readonly RouteRequest[]>,
): Promise<{ readonly spent: number | undefined; readonly seen: readonly Exchange[] }> {
  const { mcp, mint, ids } = context;
  const subject = `emcp-count-${ids.nonce()}`;
  const seen: Exchange[] = [];
  for (const request of await requestsOf(subject)) {
    for (let turn = 0; turn < FEW; turn += 1) seen.push(await mcp.send(request));
  }
  const token = await mint.token({ subject });
  const { allowed, last, straddled } = await burst(context, limit + 1, { token, body: LIST });
  return { spent: straddled ? undefined : limit - allowed, seen: [...seen, last] };
}
