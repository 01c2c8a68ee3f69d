import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpLimits } from '../../src/probes/http.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function clientWith(limits: Partial<HttpLimits> = {}): HttpClient {
  const client = createHttpClient({ limits });
  closing.push(() => client.close());
  return client;
}

/** A peer that does to each connection what the test says; TCP only, so that it can be as wrong as it likes. */
async function peer(onConnection: (socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return listening(server, () => sockets.forEach((socket) => socket.destroy()));
}

async function listening(server: ReturnType<typeof createTcpServer> | Server, end: () => void): Promise<URL> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    end();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

async function ask(client: HttpClient, url: URL, signal: AbortSignal = new AbortController().signal): Promise<unknown> {
  return client.send({ method: 'POST', url, headers: {}, body: '{}' }, signal).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
}

describe('the HTTP client', () => {
  it('gives any status as an answer', async () => {
    const server = createServer((_request, response) => response.writeHead(500).end('{}'));
    const url = await listening(server, () => server.closeAllConnections());
    expect(await ask(clientWith(), url)).toBe(500);
  });

  it('tells a closed port as refused, not as a cancelled request', async () => {
    const url = await peer(() => undefined);
    await closing.pop()?.();
    expect(await ask(clientWith(), url)).toMatchObject({ name: 'Unreachable', kind: 'refused' });
  });

  it('tells which limit an answer has missed', async () => {
    const silent = await peer(() => undefined);
    const stalled = await peer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'));
    expect(await ask(clientWith({ firstByteMs: 100 }), silent)).toMatchObject({ kind: 'timeout-first-byte' });
    expect(await ask(clientWith({ idleMs: 100 }), stalled)).toMatchObject({ kind: 'timeout-idle' });
    expect(await ask(clientWith({ totalMs: 100 }), silent)).toMatchObject({ kind: 'timeout-total' });
  });

  it('tells a reset, an answer that is no HTTP, and one that is too large', async () => {
    const resetting = await peer((socket) => void socket.once('data', () => socket.destroy()));
    const rambling = await peer((socket) => socket.end('not HTTP at all\r\n\r\n'));
    const large = await peer((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(2000)}`));
    expect(await ask(clientWith(), resetting)).toMatchObject({ kind: 'reset' });
    expect(await ask(clientWith(), rambling)).toMatchObject({ kind: 'malformed' });
    expect(await ask(clientWith({ bodyBytes: 1000 }), large)).toMatchObject({ kind: 'too-large' });
  });

  it('gives the reason of the signal when it is stopped', async () => {
    const silent = await peer(() => undefined);
    const stop = new AbortController();
    const answer = ask(clientWith(), silent, stop.signal);
    stop.abort('enough');
    expect(await answer).toBe('enough');
  });
});
