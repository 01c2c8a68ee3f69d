import {
  defineCheck,
  dispatchState,
  equals,
  header,
  holds,
  inDispatch,
  promisedState,
  refusal,
  submit,
  type DatabaseProbe,
  type Exchange,
  type Fact,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'dispatch/accepted',
  title: 'A dispatch is queued, run inline or refused, as promised',
  proves: 'Work that is handed over is accepted with a task and a trace to find it by.',
  remedy: 'Compare `queue.driver` and `queue.failover`; a missing table `s_tasks` leads to the failover, too.',
  section: '3.2',
  cites: [
    'runbook:3.2/accepted',
    'runbook:3.2/statuses',
    'runbook:3.1/failover',
    'runbook:0.1/failover',
    'CONTRACT 8.4',
    'CONTRACT 8.6',
  ],
  severity: 'must',
  impact: 'write',
  requests: { 'tools/call': 1 },
  needs: ['mcp', 'token'],
  optional: ['database'],

  async *run(context) {
    const { token, ids, expect, database } = context;
    const trace = `trace-${ids.nonce()}`;
    const submission = { token: await token.sound(), key: `emcp-${ids.nonce()}`, headers: { 'X-Trace-Id': trace } };
    const reply = await submit(context, submission);
    if (expect.dispatch.outcome === 'unavailable') {
      yield refusal('outcome', { reply, status: 503, code: 'async_unavailable' });
      return;
    }
    yield equals('outcome', { actual: dispatchState(reply), expected: promisedState(expect), seen: reply });
    const traces = { header: header(reply, 'x-trace-id') ?? '(none)', body: inDispatch(reply, 'trace_id') ?? '(none)' };
    yield equals('trace', { actual: traces, expected: { header: trace, body: trace }, seen: reply });
    if (expect.dispatch.outcome === 'sync') return;
    yield taskId(reply);
    if (database) yield* row(reply, database);
  },
});

function taskId(reply: Exchange): Fact {
  const actual = inDispatch(reply, 'task_id');
  const held = typeof actual === 'number' && Number.isInteger(actual) && actual >= 1;
  return holds('task-id', { actual, expected: 'a whole number from 1', held, seen: reply });
}

async function* row(reply: Exchange, database: DatabaseProbe): AsyncGenerator<Fact, void, void> {
  const id = inDispatch(reply, 'task_id');
  if (typeof id !== 'number') return;
  const found = await database.task(id);
  const actual = found.row && { identifier: found.row.identifier, action: found.row.action };
  const expected = { identifier: 'emcp_dispatch', action: 'dispatch' };
  yield equals('row', { actual: actual ?? 'no row', expected, seen: [reply, found] });
}
