import type { SiteTables } from './content/site.ts';
import { fixtureSite } from './content/fixture.ts';
import { createApp } from './app.ts';
import { runConsole } from './console/artisan.ts';
import type { Console } from './console/outcome.ts';
import { consoleHost } from './console/server-host.ts';
import { createMcpController } from './controllers/mcp.ts';
import type { CallMcp } from './controllers/mcp-call.ts';
import { createDispatchController } from './dispatch/controller.ts';
import type { WorkerMode } from './dispatch/schedule.ts';
import { storeOpener, type StoreOpener } from './dispatch/store.ts';
import { createTaskRunner } from './dispatch/task-runner.ts';
import { repairWorker } from './dispatch/worker-row.ts';
import type { App } from './message.ts';
import type { Controller } from './pipeline.ts';
import type { Ports } from './ports.ts';
import { defaultServices } from './services/default-services.ts';
import type { Services } from './services/services.ts';
import { resolveSettings, type Settings, type SettingsInput } from './settings.ts';
import { headerText } from './trace.ts';

export interface EmcpServer {
  readonly app: App;
  readonly settings: Settings;
  readonly services: Services;
  readonly store: StoreOpener;
  readonly console: Console;
  /** Opens the store, boots once, as installing did, and with an automatic worker runs what was left queued. */
  readonly start: () => Promise<void>;
  /** Stops the worker and closes the store. */
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  /** Services that replace the faithful ones. */
  readonly services?: Partial<Services>;
  /** The CMS tables; a small fixture site when absent. */
  readonly site?: SiteTables;
  /** Where tasks and the cache are kept; in memory when absent. */
  readonly store?: StoreOpener;
  /** When queued tasks are run; by the console alone when absent. */
  readonly worker?: WorkerMode;
}

/** Puts the reference server together; nothing is opened or started yet. */
export function createServer(settings: SettingsInput, ports: Ports, options: ServerOptions = {}): EmcpServer {
  const resolved = resolveSettings(settings);
  const { store = storeOpener(), site: tables = fixtureSite, worker: mode = 'manual' } = options;
  const services = { ...defaultServices(resolved, ports, { tables, store }), ...options.services };
  const parts = { settings: resolved, ports, services };
  const callMcp = createMcpController(parts);
  const tasks = createTaskRunner(parts, { callMcp, store, mode });
  const repair = () => repairWorker(store, resolved.queue.driver, ports.now());
  const app = createApp(parts, {
    mcp: mcpController(callMcp),
    dispatch: createDispatchController(parts, { callMcp, wake: tasks.wake }),
  });
  const host = consoleHost(parts, callMcp, { repairWorker: repair, runTasks: tasks.run });
  return {
    settings: resolved,
    services,
    store,
    async app(request, signal) {
      await store.open();
      repair();
      return app(request, signal);
    },
    async console(argv) {
      await store.open();
      return runConsole(argv, host);
    },
    async start() {
      await store.open();
      repair();
      tasks.wake();
    },
    async close() {
      await tasks.stop();
      await store.close();
    },
  };
}

function mcpController(callMcp: CallMcp): Controller {
  return async (context) =>
    callMcp({
      ...context,
      contentType: headerText(context.request, 'content-type'),
      size: context.request.body.length,
      console: false,
    });
}
