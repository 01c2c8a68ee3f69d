import {
  awaitedRequests,
  awaitTask,
  defineCheck,
  dispatchState,
  holds,
  inconclusive,
  inDispatch,
  notApplicable,
  submit,
  unlessDispatched,
  type Expectations,
  type Json,
  type JsonObject,
  type Observation,
} from '../../src/kit/index.ts';

// Contract §8.7.
const FAILED = 100;

export default defineCheck({
  id: 'dispatch/failed-task-visible',
  title: 'A client that repeats a dispatch learns that its task failed',
  proves: 'Work that failed does not look like work that waits.',
  remedy: 'Today only the table tells (D12): watch `s_tasks` for status 100, and give clients a time-out of their own.',
  section: '3.2',
  cites: ['D12', 'CONTRACT 8.7'],
  severity: 'should',
  impact: 'write',
  requests: (expect) => ({ 'tools/call': awaitedRequests(expect, 1) }),
  needs: ['mcp', 'token', 'database'],
  optional: ['worker'],
  after: ['dispatch/lifecycle'],
  timeLimit: 120_000,

  async *run(context) {
    const { token, ids, expect } = context;
    const failing = failingCall(expect);
    if ('kind' in failing) {
      yield failing;
      return;
    }
    const submission = { ...failing, token: await token.sound(), key: `emcp-${ids.nonce()}` };
    const taskId = inDispatch(await submit(context, submission), 'task_id');
    const waited = typeof taskId === 'number' ? await awaitTask(context, submission, taskId) : undefined;
    if (waited?.row?.status !== FAILED) {
      yield inconclusive('the task that cannot succeed did not fail in time');
      return;
    }
    const reply = await submit(context, submission);
    const actual = dispatchState(reply);
    const held = actual.state !== 'accepted';
    yield holds('visible', { actual, expected: 'anything but accepted', held, seen: [waited.row, reply] });
  },
});

/** A streamed answer cannot be kept as the result of a task, so that the worker fails: nothing else is known to do so. */
function failingCall(expect: Expectations): Observation | { readonly server: string; readonly body: Json } {
  const unpromised = unlessDispatched(expect, ['queued']);
  if (unpromised) return unpromised;
  const { stream } = expect;
  if (!stream?.enabled) return notApplicable('no call is known to fail here: name a streaming tool in `expect.stream`');
  const params = { name: stream.tool, arguments: stream.arguments as JsonObject };
  return { server: stream.server, body: { method: 'tools/call', params } };
}
