import {
  awaitedRequests,
  awaitTask,
  defineCheck,
  dispatchState,
  equals,
  foreignTo,
  inconclusive,
  inDispatch,
  expectedState,
  submit,
  taskNotFound,
  whereDispatched,
  type Exchange,
  type Waited,
  type Seeing,
} from '../../src/kit/index.ts';
import { whyNotReached } from '../../src/protocol/artisan.ts';
import { parseWorkerPass } from '../../src/protocol/artisan-worker-pass.ts';

// Contract §8.7: what the column `status` says.
const TASK_STATES: Readonly<Record<number, string>> = {
  10: 'queued',
  30: 'preparing',
  50: 'running',
  80: 'finished',
  100: 'failed',
};

const CAUSES: Readonly<Record<string, string>> = {
  queued: 'no worker took the task: look at the scheduler (cron) that starts `stask:worker`',
  preparing: 'a worker took the task and has not ended it',
  running: 'a worker took the task and has not ended it',
  finished:
    'the task is finished, but its key was not told: an overwritten record, or caches that are not shared (H27)',
};
const ANY_CAUSE = 'the worker is down, the task failed, or its completion was overwritten';

export default defineCheck({
  id: 'dispatch/lifecycle',
  title: 'A queued task is completed within the promised time',
  proves: 'Queue, scheduler, worker and cache work together; accepted work is done.',
  remedy:
    'A dead worker shows nowhere else, as dispatch goes on answering 202: run `php artisan stask:worker` by hand.',
  section: '3.2',
  cites: ['runbook:0.1/async-depends', 'runbook:9/lifecycle', 'CONTRACT 8.7', 'H16', 'H27'],
  severity: 'must',
  impact: 'write',
  requests: awaitedRequests('tools/call', 0),
  dispatches: 1,
  awaitsTasks: 1,
  needs: ['mcp', 'token'],
  optional: ['worker', 'database'],
  after: ['dispatch/accepted'],
  timeLimitMs: 120_000,
  applies: whereDispatched('queued'),

  async *run(context) {
    const { token, ids, expect } = context;
    const submission = { token: await token.sound(), key: ids.name() };
    const first = await submit(context, submission);
    yield equals('accepted', { actual: dispatchState(first), expected: expectedState(expect), seen: first });
    const taskId = inDispatch(first, 'task_id');
    if (typeof taskId !== 'number') {
      yield foreignTo('terminal', first) ?? inconclusive('no task id to follow the task by', 'terminal');
      return;
    }
    const seen = await awaitTask(context, submission, taskId);
    const unrun = whyNotRun(seen);
    yield unrun === undefined ? terminal(seen) : inconclusive(unrun, 'terminal');
    if (seen.row === null) yield taskNotFound('row');
    if (seen.reply.status === 200) yield* outcome(seen);
  },
});

/** Where the worker is ours to run, a command that failed in other words than the worker's ran none. */
function whyNotRun({ reply, row, pass }: Waited): string | undefined {
  const isWaiting = reply.status === 202 && (!row || TASK_STATES[row.status] === 'queued');
  if (!isWaiting || pass === undefined || pass.exit === 0 || pass.exit === null) return undefined;
  const unreached = whyNotReached(pass, parseWorkerPass(pass));
  return unreached === undefined ? undefined : `the worker command ran no worker: ${unreached}`;
}

/** The key says completed and, where the database has the row, the row says finished. */
function terminal({ reply, row, pass, seconds }: Waited): Seeing {
  const { status, state } = dispatchState(reply);
  const key = status === 200 || state !== 'completed' ? state : `completed, with HTTP ${status}`;
  const task = row ? (TASK_STATES[row.status] ?? `status ${row.status}`) : undefined;
  const ended =
    pass === undefined || pass.exit === 0 ? '' : `; the worker command ended with ${pass.exit ?? 'a signal'}`;
  return equals('terminal', {
    actual: task === undefined ? { key } : { key, task },
    expected: task === undefined ? { key: 'completed' } : { key: 'completed', task: 'finished' },
    seen: [reply, ...(row ? [row] : []), ...(pass ? [pass] : [])],
    note: state === 'completed' ? `after ${seconds} s` : `after ${seconds} s: ${causeOf(reply, row)}${ended}`,
  });
}

/** What was seen of the task that is not completed, and no more than that. */
function causeOf(reply: Exchange, row: Waited['row']): string {
  const { status, state } = dispatchState(reply);
  if (status !== 202)
    return `the key is answered with HTTP ${status} (${JSON.stringify(state)}), which is not about the task`;
  if (row === undefined) return `${ANY_CAUSE}: a database tells which`;
  if (row === null) return `${ANY_CAUSE}: this database does not tell which`;
  const task = TASK_STATES[row.status];
  if (task === 'failed') return `the worker failed the task: ${row.message ?? '(no message)'}`;
  return CAUSES[task ?? ''] ?? `its row has the status ${row.status}, which is none that is known`;
}

/** Completed says nothing about success: the inner call may have been answered with an error. */
function* outcome({ reply, row }: Waited): Generator<Seeing, void, void> {
  const actual = {
    httpStatus: inDispatch(reply, 'result', 'http_status') ?? '(none)',
    error: inDispatch(reply, 'result', 'response', 'error', 'code') ?? null,
  };
  const note = 'what failed is the call inside the task, not the task';
  const expected = { httpStatus: 200, error: null };
  yield equals('succeeded', { actual, expected, seen: reply, ...(actual.error === null ? {} : { note }) });
  if (!row) return;
  const { status, progress, hasFinishedAt } = row;
  yield equals('row', {
    actual: { status, progress, hasFinishedAt },
    expected: { status: 80, progress: 100, hasFinishedAt: true },
    seen: row,
  });
}
