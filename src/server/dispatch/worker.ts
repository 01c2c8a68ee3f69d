import type { Idempotency } from './idempotency.ts';
import { callInner, type InnerCall } from './inner-call.ts';
import type { Progress } from './progress.ts';
import { readMeta, type TaskMeta } from './task-meta.ts';
import type { QueuedTask, Tasks } from './tasks.ts';
import { workerClass } from './worker-row.ts';

/** Runs what is queued. */
export interface Worker {
  /** One pass over the tasks that are due; gives back how many there were, failed ones included. */
  run(parts: WorkerParts): Promise<number>;
}

interface WorkerParts {
  readonly tasks: Tasks;
  readonly progress: Progress;
  readonly idempotency: Idempotency;
  readonly call: InnerCall;
  /** Why today's policy or registry refuses a task, or `undefined`. */
  readonly refusal: (meta: TaskMeta) => string | undefined;
  readonly freshId: () => string;
}

/**
 * The worker behind `stask:worker`; twin of sTask's task command and of eMCP's dispatch worker. Nothing is claimed:
 * two passes at once run a task twice.
 */
export const faithfulWorker: Worker = {
  async run(parts) {
    // The command asks the workers for their schedules first, so it fails without their table.
    parts.tasks.activeWorker('');
    const due = parts.tasks.due();
    for (const task of due) {
      await runTask(parts, task);
    }
    return due.length;
  },
};

async function runTask(parts: WorkerParts, task: QueuedTask): Promise<void> {
  const { tasks } = parts;
  const found = tasks.activeWorker(task.identifier);
  if (found === undefined) {
    tasks.fail(task.id, `Failed: worker '${task.identifier}' is missing or not active`);
  } else if (found !== workerClass) {
    tasks.fail(task.id, `Failed: worker class '${found}' does not exist`);
  } else {
    await runDispatch(parts, task);
  }
}

async function runDispatch(parts: WorkerParts, task: QueuedTask): Promise<void> {
  const { tasks, progress } = parts;
  tasks.start(task.id);
  progress.append(task.id, { status: 'running', percent: 0, message: 'Task started' });
  try {
    const meta = readMeta(task.meta);
    const refusal = parts.refusal(meta);
    if (refusal !== undefined) {
      throw new Error(refusal);
    }
    progress.append(task.id, { status: 'running', percent: 10, message: 'Calling the MCP server' });
    const result = await callInner(parts.call, meta, parts.freshId);
    tasks.finish(task.id, result);
    progress.append(task.id, { status: 'completed', percent: 100, message: 'MCP dispatch completed' });
    remember(parts.idempotency, task.id, { meta, result });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tasks.fail(task.id, message);
    progress.append(task.id, { status: 'failed', percent: 0, message });
  }
}

// Only success is remembered: a key whose task failed stays accepted until its record expires.
function remember(
  idempotency: Idempotency,
  taskId: number,
  { meta, result }: { readonly meta: TaskMeta; readonly result: string },
): void {
  const { idempotencyKey, payloadHash, traceId } = meta;
  if (idempotencyKey !== '') {
    idempotency.save(idempotencyKey, { status: 'completed', payloadHash, taskId, traceId, result });
  }
}
