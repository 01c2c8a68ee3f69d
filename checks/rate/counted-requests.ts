import {
  burst,
  defineCheck,
  equals,
  foreignTo,
  inconclusive,
  limitOf,
  rpc,
  whereLimited,
  whyInconclusive,
  type CheckContext,
  type Exchange,
  type Seeing,
} from '../../src/kit/index.ts';

// Contract §2.2: what passes authentication and scope is counted, whatever the controller says of it.
const FEW = 3;
const LIST = { method: 'tools/list' };

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
  otherRequests: ({ rate }) => ({ 'tools/list': 4 * FEW + 2 * (limitOf({ rate }, 'perMinute') + 1) }),
  needs: ['mcp', 'token', 'mint'],
  timeLimitMs: 260_000,
  applies: whereLimited('perMinute', 2 * FEW + 1),

  async *run(context) {
    const limit = limitOf(context.expect, 'perMinute');
    const { strangers, broken } = await spend(context, limit);
    yield spentAs('uncounted', strangers, 0);
    yield spentAs('counted', broken, 2 * FEW);
  },
});

/** How much of a fresh `tools/list` bucket two kinds of refusal spent: 401 and scope 403 none, 415 and 413 all. */
async function spend(context: Context, limit: number) {
  const { mcp, mint, expect } = context;
  const strangers = await spentBy(context, limit, async (subject) => {
    const expired = await mint.token({ subject, expiresIn: -60, label: 'expired token' });
    const scopeless = await mint.token({ subject, scopes: null, label: 'token without scopes' });
    return [expired, scopeless].map((token) => async () => mcp.request(LIST.method, undefined, { token, once: true }));
  });
  const text = JSON.stringify(rpc(LIST.method));
  const oversized = text.padEnd(expect.limits.payloadKb * 1024 + 1, ' ');
  const broken = await spentBy(context, limit, async (subject) => {
    const token = await mint.token({ subject });
    const plain = { token, body: { raw: text }, headers: { 'Content-Type': 'text/plain' }, once: true } as const;
    return [async () => mcp.send(plain), async () => mcp.send({ token, body: { raw: oversized }, once: true })];
  });
  return { strangers, broken };
}

interface Spent {
  readonly spent: number;
  readonly seen: readonly Exchange[];
  /** Why the number says nothing. */
  readonly unclear: string | undefined;
}

function spentAs(slug: string, { spent, seen, unclear }: Spent, expected: number): Seeing {
  const foreign = foreignTo(slug, seen);
  if (foreign !== undefined) return foreign;
  return unclear === undefined ? equals(slug, { actual: spent, expected, seen }) : inconclusive(unclear, slug);
}

async function spentBy(
  context: Context,
  limit: number,
  requestsOf: (subject: string) => Promise<readonly (() => Promise<Exchange>)[]>,
): Promise<Spent> {
  const { mint, ids } = context;
  const subject = ids.name();
  const seen: Exchange[] = [];
  for (const request of await requestsOf(subject)) {
    for (let turn = 0; turn < FEW; turn += 1) seen.push(await request());
  }
  const token = await mint.token({ subject });
  const spending = await burst(context, limit + 1, { token, call: LIST, fresh: true });
  const unclear = whyInconclusive(spending, limit);
  return { spent: limit - spending.allowed, seen: [...seen, spending.last], unclear };
}
