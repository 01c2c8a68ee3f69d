import { storeOpener } from './dispatch/store.ts';
import type { Ports } from './ports.ts';
import { createServer, type EmcpServer, type ServerOptions } from './server.ts';
import type { SettingsInput } from './settings.ts';
import type { ServerTweak } from './tweak.ts';

export interface TweakedOptions extends ServerOptions {
  readonly tweak?: ServerTweak | undefined;
}

/** A server with the layers of a fault or remedy in place; the wire is left to the listener. */
export function createTweakedServer(
  settings: SettingsInput,
  ports: Ports,
  { tweak = {}, ...options }: TweakedOptions,
): EmcpServer {
  const given = { ...settings, ...tweak.settings };
  const shared = { ...options, store: options.store ?? storeOpener() };
  const faithful = createServer(given, ports, shared);
  const services = tweak.services?.(faithful.services);
  const server = services === undefined ? faithful : createServer(given, ports, { ...shared, services });
  return {
    ...server,
    app: tweak.app?.(server.app) ?? server.app,
    console: tweak.console?.(server.console) ?? server.console,
    async start() {
      await server.start();
      tweak.store?.(shared.store.opened());
    },
  };
}
