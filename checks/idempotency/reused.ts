import { defineCheck, equals, inDispatch, submit, whereDispatched, notAccepted } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/reused',
  title: 'The same key and payload reuse the task',
  proves: 'A client may repeat a dispatch after a lost answer, and the work is done once.',
  remedy: 'A key that is forgotten at once: the default cache is broken, is `array`, or is not shared by the nodes.',
  section: '4',
  cites: ['runbook:4/b', 'CONTRACT 8.4', 'CONTRACT 8.5', 'H27'],
  severity: 'must',
  impact: 'write',
  requests: { 'dispatch:tools/call': 2 },
  dispatches: 1,
  needs: ['mcp', 'token'],
  optional: ['database'],
  after: ['idempotency/first-accepted'],
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { token, ids, expect, database } = context;
    const key = ids.name();
    const submission = { token: await token.sound(), key };
    const first = await submit(context, submission);
    const unaccepted = notAccepted('reused', first, expect);
    if (unaccepted) {
      yield unaccepted;
      return;
    }
    const again = await submit(context, submission);
    const seen = [first, again];
    const queued = expect.dispatch.outcome === 'queued';
    yield equals('reused', { actual: inDispatch(again, 'reused'), expected: true, seen: again });
    // Contract §8.4: a call that ran inline has no task, and its reuse says 0.
    const task = queued ? (inDispatch(first, 'task_id') ?? '(none)') : 0;
    yield equals('same-task', { actual: inDispatch(again, 'task_id'), expected: task, seen });
    const trace = inDispatch(first, 'trace_id') ?? '(none)';
    yield equals('first-trace', { actual: inDispatch(again, 'trace_id'), expected: trace, seen });
    if (!database || !queued) return;
    const found = await database.tasksByKey(key);
    yield equals('one-task', { actual: found.rows.length, expected: 1, seen: [...seen, found] });
  },
});
