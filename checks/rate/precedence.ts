import {
  burst,
  defineCheck,
  equals,
  isLimited,
  limitOf,
  notFilled,
  refusalOf,
  rpc,
  whereLimited,
  type Exchange,
  type Seeing,
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
  otherRequests: (expect) => ({ 'tools/list': limitOf(expect, 'perMinute') + 4 }),
  needs: ['mcp', 'token', 'mint'],
  timeLimitMs: 130_000,
  applies: whereLimited(),

  async *run(context) {
    const limit = limitOf(context.expect, 'perMinute');
    const { mcp, mint, ids, expect } = context;
    const subject = `${ids.name()}-order`;
    const token = await mint.token({ subject });
    const { last, straddled } = await burst(context, limit + 1, { token, call: { method: 'tools/list' } });
    if (!isLimited(last) || straddled) {
      yield notFilled('before-media-type', last, 'rate/threshold');
      return;
    }
    const text = JSON.stringify(rpc('tools/list'));
    const plain = await mcp.send({ token, body: { raw: text }, headers: { 'Content-Type': 'text/plain' } });
    yield refused('before-media-type', plain, [429, 'rate_limited']);
    const oversized = await mcp.send({ token, body: { raw: text.padEnd(expect.limits.payloadKb * 1024 + 1, ' ') } });
    yield refused('before-size', oversized, [429, 'rate_limited']);
    const scopeless = await mint.token({ subject, scopes: null, label: 'token without scopes' });
    const denied = await mcp.request('tools/list', undefined, { token: scopeless });
    yield refused('after-scope', denied, [403, 'scope_denied']);
  },
});

function refused(slug: string, reply: Exchange, [status, code]: readonly [number, string]): Seeing {
  const actual = refusalOf(reply);
  return equals(slug, {
    actual: { status: actual.status, code: actual.code },
    expected: { status, code },
    seen: reply,
  });
}
