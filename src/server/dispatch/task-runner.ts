import type { CallMcp } from '../controllers/mcp-call.ts';
import { readToolName } from '../controllers/reading.ts';
import type { PhpValue } from '../json/value.ts';
import type { Parts } from '../parts.ts';
import { innerMcp } from './inner-mcp.ts';
import { createSchedule, type WorkerMode } from './schedule.ts';
import type { StoreOpener } from './store.ts';
import type { TaskMeta } from './task-meta.ts';

/** Runs the queued tasks of one server. */
export interface TaskRunner {
  /** One pass, now; gives back how many tasks there were. Nothing is ever run where the worker is off. */
  readonly run: () => Promise<number>;
  /** Says that a task may be waiting. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

interface Running {
  readonly callMcp: CallMcp;
  readonly store: StoreOpener;
  readonly mode: WorkerMode;
}

/** Brings the worker together with the services of a server. */
export function createTaskRunner(parts: Parts, { callMcp, store, mode }: Running): TaskRunner {
  const { services, ports, settings } = parts;
  async function run(): Promise<number> {
    if (mode === 'off') {
      return 0;
    }
    const { progress } = await store.open();
    return services.worker.run({
      tasks: services.tasks,
      idempotency: services.idempotency,
      progress,
      call: async (meta, body) => innerMcp(callMcp, callerInWorker(parts))(meta, body),
      refusal: (meta) => refusalOf(parts, meta),
      freshId: ports.uuid,
    });
  }
  const schedule = createSchedule(mode, async () => {
    try {
      await run();
    } catch (error) {
      ports.log('error', { channel: settings.logging.channel, message: String(error) });
    }
  });
  return { run, wake: schedule.wake, stop: schedule.stop };
}

function callerInWorker({ ports }: Parts) {
  return {
    requestId: ports.uuid(),
    identity: '',
    console: true,
    startedAt: ports.now(),
    signal: new AbortController().signal,
  };
}

/** The worker asks the policy and the registry again: what was accepted may be refused by now. */
function refusalOf({ services }: Parts, { handle, method, params }: TaskMeta): string | undefined {
  if (!services.securityPolicy.allowsServer(handle)) {
    return `The policy allow_servers denies the server ${handle}.`;
  }
  if (services.registry.find(handle) === undefined) {
    return `There is no server ${handle}.`;
  }
  const call = new Map<string, PhpValue>([
    ['method', method],
    ['params', params],
  ]);
  const tool = readToolName({ kind: 'value', value: call });
  return tool !== undefined && !services.securityPolicy.allowsTool(handle, tool)
    ? `The policy denies the tool ${tool}.`
    : undefined;
}
