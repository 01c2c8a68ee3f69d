import {
  defineCheck,
  dispatchBody,
  equals,
  inDispatch,
  notAccepted,
  refusal,
  submit,
  whereDispatched,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/conflict',
  title: 'The same key with another payload answers 409 and does nothing',
  proves: 'A key that is used twice by mistake cannot hide one piece of work behind another.',
  remedy: 'Compare with `idempotency/reused`: red together, keys are forgotten; red alone, payloads are not compared.',
  section: '4',
  cites: ['runbook:4/c', 'runbook:6/409', 'runbook:3.2/statuses', 'CONTRACT 8.3', 'CONTRACT 8.4'],
  severity: 'must',
  impact: 'write',
  requests: { 'dispatch:tools/call': 3 },
  dispatches: 2,
  needs: ['mcp', 'token'],
  optional: ['database'],
  after: ['idempotency/first-accepted'],
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { token, ids, expect, database } = context;
    const submission = { token: await token.sound(), key: ids.name() };
    const first = await submit(context, submission);
    const unaccepted = notAccepted('refused', first, expect);
    if (unaccepted) {
      yield unaccepted;
      return;
    }
    const other = await submit(context, { ...submission, body: dispatchBody(2) });
    yield refusal('refused', { reply: other, status: 409, code: 'idempotency_conflict' });
    if (database && expect.dispatch.outcome === 'queued') {
      const found = await database.tasksByKey(submission.key);
      yield equals('no-new-task', { actual: found.rows.length, expected: 1, seen: [first, other, found] });
    }
    const again = await submit(context, submission);
    yield equals('original-kept', { actual: inDispatch(again, 'reused'), expected: true, seen: again });
  },
});
