import {
  defineCheck,
  isLimited,
  limitOf,
  notFilled,
  refusal,
  whereLimited,
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
  dispatches: 0,
  requests: {},
  otherRequests: (expect) => ({ 'tools/list': limitOf(expect, 'perMinute') + 1, 'dispatch:tools/list': 1 }),
  needs: ['mcp', 'token', 'mint'],
  timeLimitMs: 130_000,
  applies: whereLimited(),

  async *run(context) {
    const limit = limitOf(context.expect, 'perMinute');
    const { token, last, limited } = await fillMethod(context, limit + 1);
    if (!limited) {
      yield notFilled('limited', last, 'rate/threshold');
      return;
    }
    // Refused before the controller, so no task is made.
    const reply = await context.mcp.send({ to: 'dispatch', token, body: { method: 'tools/list' } });
    yield refusal('limited', { reply, status: 429, code: 'rate_limited' });
  },
});

async function fillMethod({ mcp, mint, ids }: Context, most: number) {
  const token = await mint.token({ subject: ids.name() });
  let began: number | undefined;
  let last: Exchange | undefined;
  for (let sent = 0; sent < most && !(last && isLimited(last)); sent += 1) {
    last = await mcp.request('tools/list', undefined, { token, once: true });
    began ??= last.timing.atMs;
  }
  const inTime = last !== undefined && last.timing.atMs + last.timing.totalMs - (began ?? 0) < 55_000;
  return { token, last, limited: last !== undefined && isLimited(last) && inTime };
}
