import type { SiteTables } from '../../src/server/content/site.ts';
import { storeOpener } from '../../src/server/dispatch/store.ts';
import type { ServerRequest, ServerResponse } from '../../src/server/message.ts';
import type { Ports } from '../../src/server/ports.ts';
import { createServer, type EmcpServer } from '../../src/server/server.ts';
import { runBefore } from './before.ts';
import { bytesOf, type Exchange } from './recorded.ts';

/** Published with the recordings' README; their tokens are signed with it. */
const SECRET = 'emcp-demo-secret-0123456789abcdef0123456789abcdef';

/** One installation whose settings change from exchange to exchange while its cache, sessions and tables stay. */
export interface World {
  readonly answer: (exchange: Exchange) => Promise<ServerResponse & { readonly body: string }>;
  readonly close: () => Promise<void>;
}

export function createWorld(site: SiteTables): World {
  const clock = { now: 0, uuids: 0 };
  const serverFor = serversOf(site, portsOf(clock));
  return {
    async answer(exchange) {
      clock.now = exchange.at * 1000;
      for (const step of exchange.before ?? []) await runBefore(step, exchange.settings, serverFor);
      const server = serverFor(exchange.settings);
      const response = await server.app(requestOf(exchange, server), new AbortController().signal);
      return { ...response, body: await readAll(response.body) };
    },
    close: async () => serverFor({}).close(),
  };
}

/** Servers by their settings, all over the same state, as one PHP application read anew at each request. */
function serversOf(site: SiteTables, ports: Ports): (settings: Exchange['settings']) => EmcpServer {
  const servers = new Map<string, EmcpServer>();
  const store = storeOpener();
  const create = (settings: Exchange['settings'], services: Partial<EmcpServer['services']>): EmcpServer =>
    createServer({ SAPI_JWT_SECRET: SECRET, ...settings }, ports, { site, store, services });
  const { rateLimiter, sessions, site: tables } = create({}, {}).services;
  return (settings) => {
    const key = JSON.stringify(settings);
    const server = servers.get(key) ?? create(settings, { rateLimiter, sessions, site: tables });
    servers.set(key, server);
    return server;
  };
}

function portsOf(clock: { now: number; uuids: number }): Ports {
  return {
    now: () => clock.now,
    uuid: () => `00000000-0000-4000-8000-${String((clock.uuids += 1)).padStart(12, '0')}`,
    log: () => undefined,
    sleep: (milliseconds) => {
      clock.now += milliseconds;
      return Promise.resolve();
    },
  };
}

function requestOf(exchange: Exchange, { services }: EmcpServer): ServerRequest {
  const { method, path, headers } = exchange.request;
  const [route = '', query = ''] = path.split('?');
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    path: route,
    query,
    headers: exchange.login === undefined ? lower : { ...lower, ...signedIn(exchange.login, lower, services) },
    body: bytesOf(exchange.request),
    remoteAddress: '127.0.0.1',
  };
}

/** The cookie of a fresh session, and its token where the recorded request carried one. */
function signedIn(user: number, headers: Readonly<Record<string, string>>, services: EmcpServer['services']) {
  const session = services.sessions.signIn(user);
  const token = headers['x-csrf-token'] === undefined ? {} : { 'x-csrf-token': session.csrfToken };
  return { cookie: `evo_session=${session.id}`, ...token };
}

async function readAll(body: ServerResponse['body']): Promise<string> {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  let all = '';
  for await (const part of body) all += part;
  return all;
}
