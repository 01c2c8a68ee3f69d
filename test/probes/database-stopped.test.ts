import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { probeFor } from './database-cases.ts';
import { listening } from './peer.ts';

/** What a PostgreSQL says: a type, a length and bytes. */
function message(type: string, ...bytes: readonly number[]): Buffer {
  return Buffer.from([type.charCodeAt(0), 0, 0, 0, 4 + bytes.length, ...bytes]);
}

const READY = message('Z', 'I'.charCodeAt(0));
const WELCOME = Buffer.concat([message('R', 0, 0, 0, 0), READY]);
const SILENCE = Buffer.alloc(0);
const DONE = Buffer.concat([message('C', 0), READY]);

interface Heard {
  readonly url: string;
  /** The connection, and the first piece of what came over it. */
  readonly first: Promise<readonly [Socket, Buffer]>;
}

/** A server that says nothing but what the test says. */
async function silent(kind: 'mysql' | 'postgres'): Promise<Heard> {
  const server = createServer((socket) => void socket.on('error', () => undefined));
  const { port } = await listening(server);
  const first = (async () => {
    const [socket] = (await once(server, 'connection')) as [Socket];
    return [socket, kind === 'mysql' ? SILENCE : await next(socket)] as const;
  })();
  return { url: `${kind}://emcp:hush-hush@127.0.0.1:${port}/site`, first };
}

async function next(socket: Socket): Promise<Buffer> {
  const [piece] = (await once(socket, 'data')) as [Buffer];
  return piece;
}

/** What comes over a connection until the other side closes it; `answer` is said to whoever still listens. */
async function heardUntilClosed(socket: Socket, answer: Buffer): Promise<string> {
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => void pieces.push(piece));
  socket.write(answer);
  await once(socket, 'close');
  return Buffer.concat(pieces).toString('latin1');
}

/** Milliseconds a test may take: less than the limit of one question, which would hang up, too. */
const PROMPT_MS = 6000;

vi.setConfig({ testTimeout: PROMPT_MS });
afterEach(() => void vi.useRealTimers());

it('sends nothing and hangs up when it is stopped while connecting', async () => {
  const { url, first } = await silent('postgres');
  const stop = new AbortController();
  const asked = probeFor(url, 'evo_', stop.signal).probe.worker('emcp_dispatch');
  const [socket] = await first;
  stop.abort(new Error('stop'));
  await expect(asked).rejects.toThrow('stop');
  expect(await heardUntilClosed(socket, WELCOME)).toBe('');
});

it('sends nothing and hangs up when it is stopped between two questions', async () => {
  const { url, first } = await silent('postgres');
  const stop = new AbortController();
  const asked = probeFor(url, 'evo_', stop.signal).probe.worker('emcp_dispatch');
  const [socket] = await first;
  socket.write(WELCOME);
  expect((await next(socket)).toString('latin1')).toContain('begin read only');
  stop.abort(new Error('stop'));
  await expect(asked).rejects.toThrow('stop');
  expect(await heardUntilClosed(socket, DONE)).toBe('');
});

it('hangs up when it is stopped before TLS is agreed on', async () => {
  const { url, first } = await silent('postgres');
  const stop = new AbortController();
  const asked = probeFor(`${url}?sslmode=require`, 'evo_', stop.signal).probe.worker('emcp_dispatch');
  const [socket] = await first;
  socket.write('S');
  await next(socket);
  stop.abort(new Error('stop'));
  await expect(asked).rejects.toThrow('stop');
  expect(await heardUntilClosed(socket, SILENCE)).toBe('');
});

it('sends nothing and hangs up when the server is too slow', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { url, first } = await silent('postgres');
  const asked = probeFor(url).probe.worker('emcp_dispatch');
  const [socket] = await first;
  vi.advanceTimersByTime(4000);
  socket.write(WELCOME);
  await next(socket);
  vi.advanceTimersByTime(4000);
  await expect(asked).rejects.toMatchObject({ name: 'Unreachable', kind: 'timeout-total' });
  expect(await heardUntilClosed(socket, DONE)).toBe('');
});

it('hangs up on a MySQL that has not greeted when it is stopped', async () => {
  const { url, first } = await silent('mysql');
  const stop = new AbortController();
  const asked = probeFor(url, 'evo_', stop.signal).probe.worker('emcp_dispatch');
  const [socket] = await first;
  stop.abort(new Error('stop'));
  await expect(asked).rejects.toThrow('stop');
  expect(await heardUntilClosed(socket, SILENCE)).toBe('');
});
