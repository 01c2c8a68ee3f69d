import {
  burst,
  defineCheck,
  equals,
  inconclusive,
  isLimited,
  notApplicable,
  refusalOf,
  rpc,
  type Exchange,
  type Fact,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'rate/precedence',
  title: 'A spent bucket is refused after the scope and before everything else',
  proves:
    'A caller without scope learns nothing of the limiter, and a limited one nothing of policies or the registry.',
  remedy: 'Compare the order of the route middleware with a stock installation: token, scope, actor, rate.',
  section: '6',
  cites: ['runbook:6/429', 'CONTRACT 2.2'],
  severity: 'must',
  impact: 'load',
  requests: {},
  needs: ['mcp', 'token', 'mint'],
  timeLimit: 130_000,

  async *run(context) {
    const limit = context.expect.rate.perMinute;
    if (limit === 'unlimited') {
      yield notApplicable('the profile promises no rate limit');
      return;
    }
    const { mcp, mint, ids, expect } = context;
    const subject = `emcp-order-${ids.nonce()}`;
    const token = await mint.token({ subject });
    const body = rpc('tools/list');
    const { last, straddled } = await burst(context, 2 * limit + 1, { token, body });
    if (!isLimited(last) || straddled) {
      yield inconclusive('the bucket could not be filled; see rate/threshold');
      return;
    }
    const text = JSON.stringify(body);
    const plain = await mcp.send({ token, body: { raw: text }, headers: { 'Content-Type': 'text/plain' } });
    yield refused('before-media-type', plain, [429, 'rate_limited']);
    const oversized = await mcp.send({ token, body: { raw: text.padEnd(expect.limits.payloadKb * 1024 + 1, ' ') } });
    yield refused('before-size', oversized, [429, 'rate_limited']);
    const scopeless = await mint.token({ subject, scopes: null, label: 'token without scopes' });
    yield refused('after-scope', await mcp.send({ token: scopeless, body }), [403, 'scope_denied']);
  },
});

function refused(slug: string, reply: Exchange, [status, code]: readonly [number, string]): Fact {
  const actual = refusalOf(reply);
  return equals(slug, {
    actual: { status: actual.status, code: actual.code },
    expected: { status, code },
    seen: reply,
  });
}
