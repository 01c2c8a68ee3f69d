import { createHmac } from 'node:crypto';
import type { SiteTables } from '../../src/server/content/site.ts';
import type { HeaderList, ServerResponse } from '../../src/server/message.ts';
import type { Ports } from '../../src/server/ports.ts';
import { createServer, type EmcpServer } from '../../src/server/server.ts';
import type { Services } from '../../src/server/services/services.ts';

export const SECRET = 'a-secret-that-only-these-tests-know';
const EVERYTHING = { sub: 'tester', scopes: ['*'] };

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes as they are; anything else as JSON. */
  readonly body?: unknown;
  /** Claims of the token; `null` for none. */
  readonly claims?: Readonly<Record<string, unknown>> | null;
  readonly signal?: AbortSignal;
}

export interface Got {
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
  /** The parsed body; `undefined` when it is no JSON. */
  readonly json: unknown;
  /** The code of a transport error or of a JSON-RPC error. */
  readonly code: unknown;
}

export interface Installation {
  readonly server: EmcpServer;
  /** Epoch milliseconds; set it to let time pass. */
  readonly clock: { now: number };
  readonly logged: readonly (readonly [channel: string, line: Readonly<Record<string, unknown>>])[];
  readonly send: (sent: Sent) => Promise<Got>;
}

export interface Given {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly services?: Partial<Services>;
  readonly site?: SiteTables;
}

/** A server with a clock and ids of its own, asked without a socket. */
export function install({ settings = {}, ...options }: Given = {}): Installation {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const logged: (readonly [string, Readonly<Record<string, unknown>>])[] = [];
  const ports = countingPorts(clock, logged);
  const server = createServer({ SAPI_JWT_SECRET: SECRET, ...settings }, ports, options);
  return { server, clock, logged, send: async (sent) => ask(server, sent) };
}

export function countingPorts(
  clock: { now: number },
  logged: (readonly [string, Readonly<Record<string, unknown>>])[],
): Ports {
  let ids = 0;
  return {
    now: () => clock.now,
    uuid: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    log: (channel, line) => logged.push([channel, line]),
    sleep: sleeperOn(clock),
  };
}

/** Time passes only while everybody waits, and then just until the first of them wakes. */
function sleeperOn(clock: { now: number }): Ports['sleep'] {
  const asleep = new Set<{ readonly at: number; readonly wake: () => void }>();
  const pass = (): void => {
    const first = [...asleep].toSorted((one, other) => one.at - other.at)[0];
    if (first === undefined) return;
    clock.now = Math.max(clock.now, first.at);
    first.wake();
  };
  return (milliseconds, signal) =>
    new Promise((resolve) => {
      const sleeper = { at: clock.now + milliseconds, wake };
      function wake(): void {
        asleep.delete(sleeper);
        resolve();
      }
      asleep.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) wake();
      else setImmediate(pass);
    });
}

/** A token with these claims, signed with the tests' secret unless told otherwise. */
export function sign(claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

export function rpc(method: string, params?: unknown): Readonly<Record<string, unknown>> {
  return { jsonrpc: '2.0', id: 1, method, ...(params === undefined ? {} : { params }) };
}

async function ask(server: EmcpServer, sent: Sent): Promise<Got> {
  const { method = 'POST', path = '/api/v1/mcp/content', headers = {}, body = '', claims = EVERYTHING } = sent;
  const [route = '', query = ''] = path.split('?');
  const token: Readonly<Record<string, string>> = claims === null ? {} : { authorization: `Bearer ${sign(claims)}` };
  const request = {
    method,
    path: route,
    query,
    headers: { 'content-type': 'application/json', ...token, ...headers },
    body: body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    remoteAddress: '192.0.2.1',
  };
  return got(await server.app(request, sent.signal ?? new AbortController().signal));
}

async function got({ status, headers, body }: ServerResponse): Promise<Got> {
  let text = body instanceof Uint8Array ? Buffer.from(body).toString() : '';
  if (typeof body === 'string') text = body;
  else if (!(body instanceof Uint8Array)) for await (const part of body) text += part;
  const json = parse(text);
  return { status, headers, text, json, code: codeOf(json) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function codeOf(json: unknown): unknown {
  const { error } = (json ?? {}) as { readonly error?: unknown };
  return typeof error === 'object' && error !== null ? (error as { readonly code?: unknown }).code : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
