import type { SiteTables } from './content/site.ts';
import { fixtureSite } from './content/fixture.ts';
import { createApp } from './app.ts';
import { createMcpController } from './controllers/mcp.ts';
import type { RequestContext } from './context.ts';
import type { App } from './message.ts';
import type { Ports } from './ports.ts';
import { defaultServices } from './services/default-services.ts';
import type { Services } from './services/services.ts';
import { resolveSettings, type Settings, type SettingsInput } from './settings.ts';
import { headerText } from './trace.ts';
import { transportError } from './transport-error.ts';

export interface EmcpServer {
  readonly app: App;
  readonly settings: Settings;
  readonly services: Services;
}

export interface ServerOptions {
  /** Services that replace the faithful ones. */
  readonly services?: Partial<Services>;
  /** The CMS tables; a small fixture site when absent. */
  readonly site?: SiteTables;
}

/** Puts the reference server together; nothing is opened or started yet. */
export function createServer(settings: SettingsInput, ports: Ports, options: ServerOptions = {}): EmcpServer {
  const resolved = resolveSettings(settings);
  const services = { ...defaultServices(resolved, ports, options.site ?? fixtureSite), ...options.services };
  const parts = { settings: resolved, ports, services };
  const callMcp = createMcpController(parts);
  const mcp = (context: RequestContext) =>
    callMcp({
      ...context,
      contentType: headerText(context.request, 'content-type'),
      size: context.request.body.length,
      console: false,
    });
  const dispatch = (context: RequestContext) => transportError('async_unavailable', context);
  return { app: createApp(parts, { mcp, dispatch }), settings: resolved, services };
}
