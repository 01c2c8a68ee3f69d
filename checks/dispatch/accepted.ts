import {
  defineCheck,
  dispatchState,
  equals,
  foreignTo,
  header,
  holds,
  inconclusive,
  inDispatch,
  expectedState,
  refusal,
  submit,
  taskNotFound,
  type DatabaseProbe,
  type Exchange,
  type Seeing,
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
  requests: { 'dispatch:tools/call': 1 },
  dispatches: 1,
  needs: ['mcp', 'token'],
  optional: ['database'],

  async *run(context) {
    const { token, ids, expect, database } = context;
    const trace = `${ids.name()}-trace`;
    const submission = { token: await token.sound(), key: ids.name(), headers: { 'X-Trace-Id': trace } };
    const reply = await submit(context, submission);
    if (expect.dispatch.outcome === 'unavailable') {
      yield refusal('outcome', { reply, status: 503, code: 'async_unavailable' });
      return;
    }
    yield equals('outcome', { actual: dispatchState(reply), expected: expectedState(expect), seen: reply });
    const traces = { header: header(reply, 'x-trace-id') ?? '(none)', body: inDispatch(reply, 'trace_id') ?? '(none)' };
    yield equals('trace', { actual: traces, expected: { header: trace, body: trace }, seen: reply });
    if (expect.dispatch.outcome === 'sync') return;
    yield taskId(reply);
    if (database) yield await row(reply, database);
  },
});

function taskId(reply: Exchange): Seeing {
  const actual = inDispatch(reply, 'task_id');
  const held = typeof actual === 'number' && Number.isInteger(actual) && actual >= 1;
  return holds('task-id', { actual, expected: 'a whole number from 1', held, seen: reply });
}

async function row(reply: Exchange, database: DatabaseProbe): Promise<Seeing> {
  const id = inDispatch(reply, 'task_id');
  if (typeof id !== 'number') return foreignTo('row', reply) ?? inconclusive('no task id to find the row by', 'row');
  const found = await database.task(id);
  if (found.row === null) return taskNotFound('row');
  const actual = { identifier: found.row.identifier, action: found.row.action };
  const expected = { identifier: 'emcp_dispatch', action: 'dispatch' };
  return equals('row', { actual, expected, seen: [reply, found] });
}
