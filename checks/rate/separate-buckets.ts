import {
  burst,
  defineCheck,
  holds,
  inconclusive,
  isLimited,
  notApplicable,
  rpc,
  type Exchange,
  type Fact,
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
  needs: ['mcp', 'token', 'mint'],
  timeLimit: 130_000,

  async *run(context) {
    const limit = context.expect.rate.globalPerMinute;
    if (limit === 'unlimited') {
      yield notApplicable('the profile promises no rate limit');
      return;
    }
    const { mcp, mint, ids } = context;
    // An unknown handle has the higher limit, so a counter shared with the known one would refuse there as well.
    const server = `unknown-${ids.nonce()}`;
    const { bucket, last, straddled } = await burst(context, 2 * limit + 1, { server });
    if (!isLimited(last) || straddled) {
      yield inconclusive('the bucket could not be filled; see rate/global-threshold');
      return;
    }
    const { token, body } = bucket;
    const stranger = await mint.token({ subject: `emcp-other-${ids.nonce()}` });
    yield open('identity', await mcp.send({ server, token: stranger, body }));
    yield open('method', await mcp.send({ server, token, body: rpc('tools/list') }));
    yield open('server', await mcp.send({ token, body }));
    const again = await mcp.send({ server, token, body });
    yield holds('still-limited', { actual: again.status, expected: 429, held: isLimited(again), seen: again });
  },
});

function open(slug: string, reply: Exchange): Fact {
  const held = !isLimited(reply) && reply.status < 500;
  return holds(slug, { actual: reply.status, expected: 'an answer that is not 429', held, seen: reply });
}
