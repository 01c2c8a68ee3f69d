import {
  awaitedRequests,
  awaitTask,
  defineCheck,
  dispatchState,
  foreignTo,
  holds,
  inconclusive,
  inDispatch,
  streamPromise,
  submit,
  whereAll,
  whereDispatched,
  whereStreaming,
  type Expectations,
  type Json,
} from '../../src/kit/index.ts';

// Contract §8.7.
const FAILED = 100;

/** Of the caller or the request, not of the task (contract §2.3). */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 413, 415, 429, 503]);

export default defineCheck({
  id: 'dispatch/failed-task-visible',
  title: 'A client that repeats a dispatch learns that its task failed',
  proves: 'Work that failed does not look like work that waits.',
  remedy: 'Today only the table tells (D12): watch `s_tasks` for status 100, and give clients a time-out of their own.',
  section: '3.2',
  cites: ['D12', 'CONTRACT 8.7'],
  severity: 'should',
  impact: 'write',
  requests: awaitedRequests('tools/call', 1),
  dispatches: 1,
  awaitsTasks: 1,
  needs: ['mcp', 'token', 'database'],
  optional: ['worker'],
  after: ['dispatch/lifecycle'],
  timeLimitMs: 120_000,
  applies: whereAll(whereDispatched('queued'), whereStreaming(true)),

  async *run(context) {
    const { token, ids, expect } = context;
    const submission = { ...failingCall(expect), token: await token.sound(), key: ids.name() };
    const first = await submit(context, submission);
    const taskId = inDispatch(first, 'task_id');
    const waited = typeof taskId === 'number' ? await awaitTask(context, submission, taskId) : undefined;
    if (waited?.row?.status !== FAILED) {
      yield foreignTo('visible', first) ?? inconclusive('the task that cannot succeed did not fail in time', 'visible');
      return;
    }
    const reply = await submit(context, submission);
    if (REFUSALS.has(reply.status)) {
      const why = `the repeated dispatch was refused with HTTP ${reply.status}, which says nothing of its task`;
      yield foreignTo('visible', reply) ?? inconclusive(why, 'visible');
      return;
    }
    const actual = dispatchState(reply);
    yield holds('visible', {
      actual,
      expected: 'an end: completed with the failure as its result, failed, or an error',
      held: reply.status !== 202 && actual.state !== 'accepted' && actual.state !== '(none)',
      seen: [waited.row, reply],
    });
  },
});

/** A streamed answer cannot be kept as the result of a task, so that the worker fails: nothing else is known to do so. */
function failingCall(expect: Expectations): { readonly server: string; readonly body: Json } {
  const { server, tool, arguments: given } = streamPromise(expect);
  return { server, body: { method: 'tools/call', params: { name: tool, arguments: given } } };
}
