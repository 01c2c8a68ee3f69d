import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createAllowance } from '../../src/probes/allowance.ts';
import { createHttpClient, type HttpClient, type HttpOptions, type HttpReply } from '../../src/probes/http.ts';
import { leaseHttp, type LeasedHttp } from '../../src/probes/leased-http.ts';

export interface Peer {
  readonly url: URL;
  /** Connections and pieces of requests it has seen. */
  readonly seen: { connections: number; pieces: number };
}

/** A peer that does to each connection what the test says; TCP only, so that it can be as wrong as it likes. */
export async function peer(onConnection: (socket: Socket) => void): Promise<Peer> {
  const sockets = new Set<Socket>();
  const seen = { connections: 0, pieces: 0 };
  const server = createServer((socket) => {
    sockets.add(socket);
    seen.connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      seen.pieces += 1;
    });
    onConnection(socket);
  });
  const url = await listening(server);
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  return { url, seen };
}

/** Answers the first bytes of every connection with these, then ends it. */
export async function answering(bytes: string): Promise<Peer> {
  return peer((socket) => void socket.once('data', () => socket.end(bytes, 'latin1')));
}

export async function listening(server: Server, protocol = 'http'): Promise<URL> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return new URL(`${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

/** A client for one test, with limits that make it quick. */
export function clientWith(options: HttpOptions = {}): HttpClient {
  const limits = { firstByteMs: 5000, idleMs: 5000, totalMs: 10_000, bodyBytes: 1000, headerBytes: 4096 };
  const client = createHttpClient({ ...options, limits: { ...limits, ...options.limits } });
  onTestFinished(() => client.close());
  return client;
}

/** The same client as a lease has it, without a budget. */
export function leasedHttp(client: HttpClient, signal = new AbortController().signal): LeasedHttp {
  return leaseHttp(client, createAllowance(undefined, signal));
}

export interface Question {
  readonly body?: string;
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal;
}

export async function send(client: HttpClient, url: URL, question: Question = {}): Promise<HttpReply> {
  const { body = '{}', repeatable = true, signal = new AbortController().signal } = question;
  return client.send({ method: 'POST', url, headers: {}, body, bucket: 'unknown', repeatable }, signal);
}

/** The status of the answer, or what was thrown. */
export async function ask(client: HttpClient, url: URL, question: Question = {}): Promise<unknown> {
  return send(client, url, question).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
}
