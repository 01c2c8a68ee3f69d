import {
  defineCheck,
  inconclusive,
  isLimited,
  notApplicable,
  refusal,
  rpc,
  type CheckContext,
  type Exchange,
} from '../../src/kit/index.ts';

type Context = CheckContext<'mcp' | 'token' | 'mint', never>;

export default defineCheck({
  id: 'rate/dispatch-shares-bucket',
  title: 'Dispatch counts in the bucket of its method',
  proves: 'The async path is no way around the limit of the method it carries.',
  remedy: 'Compare the middleware of the dispatch route with the transport route.',
  section: '2.3',
  cites: ['runbook:2.3/429', 'CONTRACT 5'],
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
    const { token, limited } = await fillMethod(context, 2 * limit + 1);
    if (!limited) {
      yield inconclusive('the bucket could not be filled; see rate/threshold');
      return;
    }
    // Refused before the controller, so no task is made.
    const reply = await context.mcp.send({ to: 'dispatch', token, body: { method: 'tools/list' } });
    yield refusal('limited', { reply, status: 429, code: 'rate_limited' });
  },
});

async function fillMethod({ mcp, mint, ids, clock }: Context, most: number) {
  const token = await mint.token({ subject: `emcp-burst-${ids.nonce()}` });
  const began = clock.monotonic();
  let last: Exchange | undefined;
  for (let sent = 0; sent < most && !(last && isLimited(last)); sent += 1) {
    last = await mcp.send({ token, body: rpc('tools/list') });
  }
  const inTime = clock.monotonic() - began < 55_000;
  return { token, limited: last !== undefined && isLimited(last) && inTime };
}
