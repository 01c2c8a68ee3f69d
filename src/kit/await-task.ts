import { dispatchState, inDispatch, submit, type Submission } from './dispatch.ts';
import { inconclusive } from './observe.ts';
import {
  foreignTo,
  type CheckContext,
  type CommandResult,
  type Exchange,
  type Expectations,
  type Inconclusive,
  type RequestCount,
  type TaskRow,
} from './vocabulary.ts';

const SHORTEST_PAUSE_MS = 3000;
const GROWTH = 1.25;

/** Milliseconds before each look at a queued task: soon at first, then rarer, within the promised time and rate. */
function pausesFor({ dispatch, rate }: Expectations): readonly number[] {
  const share = rate.perMinute === 'unlimited' ? 0 : 60_000 / rate.perMinute;
  const pauses: number[] = [];
  let left = dispatch.completesWithin * 1000;
  for (let pause = Math.max(SHORTEST_PAUSE_MS, share); left > 0; pause *= GROWTH) {
    const next = Math.ceil(Math.min(pause, left));
    pauses.push(next);
    left -= next;
  }
  return pauses;
}

/** Dispatches of one method at most, for one that is waited for and `others`. */
export function awaitedRequests(method: string, others: number): (expect: Expectations) => RequestCount {
  return (expect) => ({ [`dispatch:${method}`]: pausesFor(expect).length + 2 + others });
}

export interface Waited {
  /** The last answer under the key. */
  readonly reply: Exchange;
  /** The task as the database has it; undefined without a database. */
  readonly row: TaskRow | null | undefined;
  /** What running the worker came to, where that is ours to do. */
  readonly pass: CommandResult | undefined;
  readonly seconds: number;
}

/**
 * Runs the worker, where one is given, and then repeats the dispatch until its key answers anything but `accepted`, the
 * row says that the task failed, or the promised time is over.
 */
export async function awaitTask(
  context: CheckContext<'mcp' | 'token', 'worker' | 'database'>,
  submission: Submission,
  taskId: number,
): Promise<Waited> {
  const { clock, database, worker, expect } = context;
  const began = clock.now();
  const pass = await worker?.run();
  const look = async (): Promise<Waited> => {
    const reply = await submit(context, submission);
    const row = database && (await database.task(taskId)).row;
    return { reply, row, pass, seconds: Math.round((clock.now() - began) / 1000) };
  };
  let seen: Waited | undefined = worker && (await look());
  for (const pause of pausesFor(expect)) {
    if (seen && isOver(seen)) return seen;
    await clock.wait(pause);
    seen = await look();
  }
  return seen ?? look();
}

/** An answer `accepted` is not the end; neither is a row that was finished after the key was asked. */
function isOver({ reply, row }: Waited): boolean {
  return reply.status !== 202 || row?.status === FAILED;
}

/** Contract §8.7. */
const FAILED = 100;

/** Dispatches, waits where that is queued, and gives the last answer under the key (see `whyUnfinished`). */
export async function dispatchToEnd(
  context: CheckContext<'mcp' | 'token', 'worker' | 'database'>,
  submission: Submission,
): Promise<Exchange> {
  const first = await submit(context, submission);
  const taskId = inDispatch(first, 'task_id');
  return typeof taskId === 'number' ? (await awaitTask(context, submission, taskId)).reply : first;
}

/** Why a dispatch that was waited for says nothing more; `undefined` once it is completed. */
export function whyUnfinished(slug: string, reply: Exchange): Inconclusive | undefined {
  const foreign = foreignTo(slug, reply);
  if (foreign !== undefined) return foreign;
  const { status, state } = dispatchState(reply);
  if (status === 200 && state === 'completed') return undefined;
  return inconclusive(
    `the task was not completed in time (HTTP ${status}, ${JSON.stringify(state)}); see dispatch/lifecycle`,
    slug,
  );
}
