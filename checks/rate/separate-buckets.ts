import {
  BATCH,
  burst,
  defineCheck,
  holds,
  isLimited,
  limitOf,
  notFilled,
  sendInto,
  wasLetIn,
  whereLimited,
  type Exchange,
  type Seeing,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'rate/separate-buckets',
  title: 'Method, server and identity have buckets of their own',
  proves: 'One noisy client, method or server does not lock out the others.',
  remedy: 'Tokens that share a `sub`, or have none, share their buckets (D21): issue one subject per client.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'CONTRACT 5', 'D21'],
  severity: 'must',
  impact: 'load',
  requests: {},
  otherRequests: (expect) => ({ unknown: limitOf(expect, 'globalPerMinute') + 4, 'tools/list': 1 }),
  needs: ['mcp', 'token', 'mint'],
  timeLimitMs: 130_000,
  applies: whereLimited('globalPerMinute'),

  async *run(context) {
    const limit = limitOf(context.expect, 'globalPerMinute');
    const { mcp, mint, ids } = context;
    // An unknown handle has the higher limit, so a counter shared with the known one would refuse there as well.
    const server = `unknown-${ids.nonce()}`;
    const { bucket, last, straddled } = await burst(context, limit + 1, { server });
    if (!isLimited(last) || straddled) {
      yield notFilled('identity', last, 'rate/global-threshold');
      return;
    }
    const { token } = bucket;
    const stranger = await mint.token({ subject: ids.name() });
    yield open('identity', await mcp.send({ server, token: stranger, body: BATCH }));
    yield open('method', await mcp.request('tools/list', undefined, { server, token }));
    yield open('server', await mcp.send({ token, body: BATCH }));
    const again = await sendInto(context, bucket);
    yield holds('still-limited', { actual: again.status, expected: 429, held: isLimited(again), seen: again });
  },
});

function open(slug: string, reply: Exchange): Seeing {
  const expected = 'an answer of eMCP that is not 401, 403 or 429';
  return holds(slug, { actual: reply.status, expected, held: wasLetIn(reply), seen: reply });
}
