import {
  awaitedRequests,
  defineCheck,
  dispatchBody,
  dispatchState,
  dispatchToEnd,
  equals,
  holds,
  inDispatch,
  isObject,
  refusal,
  submit,
  whyUnfinished,
  whereDispatched,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/completed-replay',
  title: 'A completed dispatch gives its result again, and its key still refuses another payload',
  proves: 'The result of work can be fetched more than once, under the key it was handed over with.',
  remedy: 'Compare `idempotency.ttl_seconds`; the record lives in the cache, and a cache clear forgets it.',
  section: '4',
  cites: ['runbook:4/b', 'runbook:4/c', 'CONTRACT 8.4'],
  severity: 'must',
  impact: 'write',
  requests: awaitedRequests('tools/call', 2),
  dispatches: 2,
  awaitsTasks: 1,
  needs: ['mcp', 'token'],
  optional: ['worker', 'database'],
  after: ['dispatch/lifecycle', 'idempotency/reused'],
  timeLimitMs: 120_000,
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { token, ids } = context;
    const submission = { token: await token.sound(), key: ids.name() };
    const unfinished = whyUnfinished('replayed', await dispatchToEnd(context, submission));
    if (unfinished) {
      yield unfinished;
      return;
    }
    const replay = await submit(context, submission);
    const actual = { ...dispatchState(replay), reused: inDispatch(replay, 'reused') ?? '(none)' };
    const expected = { status: 200, state: 'completed', reused: true };
    yield equals('replayed', { actual, expected, seen: replay });
    const result = inDispatch(replay, 'result', 'response', 'result');
    const kind = isObject(result) ? 'a result' : '(none)';
    yield holds('result', { actual: kind, expected: 'a result', held: isObject(result), seen: replay });
    const other = await submit(context, { ...submission, body: dispatchBody(2) });
    yield refusal('conflict', { reply: other, status: 409, code: 'idempotency_conflict' });
  },
});
