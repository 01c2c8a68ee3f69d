import { randomUUID } from 'node:crypto';
import { createServer, type EmcpServer, type ServerOptions } from '../../../src/server/server.ts';
import type { Ports } from '../../../src/server/ports.ts';
import type { SettingsInput } from '../../../src/server/settings.ts';

export const search = { method: 'tools/call', params: { name: 'evo.content.search', arguments: { limit: 1 } }, id: 1 };

export interface Reply {
  readonly status: number;
  readonly body: DispatchReply;
  readonly headers: ReadonlyMap<string, string>;
}

interface DispatchReply {
  readonly status?: string;
  readonly task_id?: number | null;
  readonly trace_id?: string;
  readonly idempotency_key?: string | null;
  readonly reused?: boolean;
  readonly result?: { readonly http_status: number; readonly session_id: string; readonly response: Inner };
  readonly error?: { readonly code: string; readonly message: string };
}

interface Inner {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number | string; readonly message: string };
}

export interface Asked {
  readonly server?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The session of a manager user sends it over the manager route. */
  readonly user?: number;
}

/** A reference server that asks for no token, its clock, its log, and a way to dispatch. */
export function serve(settings: SettingsInput = {}, options: ServerOptions = {}) {
  const clock = { ms: Date.UTC(2026, 0, 2, 12) };
  const log: Record<string, unknown>[] = [];
  const ports: Ports = {
    now: () => clock.ms,
    uuid: randomUUID,
    sleep: async () => Promise.resolve(),
    log: (channel, line) => log.push({ ...line, file: channel }),
  };
  const server = createServer({ 'auth.mode': 'none', 'rate_limit.enabled': false, ...settings }, ports, options);
  const dispatch = async (body: unknown, asked: Asked = {}) => ask(server, body, asked);
  return { clock, log, server, dispatch, rows: () => tasksOf(server) };
}

/** Every task row, oldest first. */
function tasksOf(server: EmcpServer) {
  return server.store.opened().database.prepare('select * from s_tasks order by id').all();
}

async function ask(
  server: EmcpServer,
  body: unknown,
  { server: handle = 'content', headers, user }: Asked,
): Promise<Reply> {
  const cookie = user === undefined ? {} : { cookie: `evo_session=${server.services.sessions.signIn(user).id}` };
  const response = await server.app(
    {
      method: 'POST',
      path: user === undefined ? `/api/v1/mcp/${handle}/dispatch` : `/emcp/${handle}/dispatch`,
      query: '',
      headers: { 'content-type': 'application/json', ...cookie, ...headers },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      remoteAddress: '127.0.0.1',
    },
    new AbortController().signal,
  );
  if (typeof response.body !== 'string') {
    throw new TypeError('a dispatch answers with a text');
  }
  return {
    status: response.status,
    body: JSON.parse(response.body) as DispatchReply,
    headers: new Map(response.headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
}
