import {
  defineCheck,
  equals,
  foreignTo,
  header,
  inconclusive,
  inDispatch,
  submit,
  taskNotFound,
  whereDispatched,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'interop/trace-to-task',
  title: 'A trace id goes from the request to the reply and to the task row',
  proves: 'Work done later can be found by the trace of the request that asked for it.',
  remedy: 'Compare `trace.header`; a proxy may strip or replace it.',
  section: '8.3',
  cites: ['runbook:8.3/meta-trace', 'CONTRACT 2.4', 'CONTRACT 8.2'],
  severity: 'must',
  impact: 'write',
  requests: { 'dispatch:tools/call': 1 },
  dispatches: 1,
  needs: ['mcp', 'token', 'database'],
  after: ['dispatch/accepted'],
  applies: whereDispatched('queued'),

  async *run(context) {
    const { token, ids, database } = context;
    const trace = `${ids.name()}-trace`;
    const headers = { 'X-Trace-Id': trace };
    const reply = await submit(context, { token: await token.sound(), key: ids.name(), headers });
    yield equals('reply', { actual: header(reply, 'x-trace-id'), expected: trace, seen: reply });
    const taskId = inDispatch(reply, 'task_id');
    if (typeof taskId !== 'number') {
      yield foreignTo('row', reply) ?? inconclusive('no task id to find the row by', 'row');
      return;
    }
    const found = await database.task(taskId);
    if (found.row === null) yield taskNotFound('row');
    else yield equals('row', { actual: found.row.traceId ?? '(none)', expected: trace, seen: [reply, found] });
  },
});
