import { once } from 'node:events';
import { request as ask, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Listening, type ListenOptions } from '../../src/server/listen.ts';
import type { App, ServerRequest, ServerResponse } from '../../src/server/message.ts';
import type { Wire } from '../../src/server/wire.ts';

const opened: Listening[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function serve(app: App, options: ListenOptions = {}): Promise<Listening> {
  const listening = await listen(app, options);
  opened.push(listening);
  return listening;
}

const hello: ServerResponse = {
  status: 200,
  headers: [
    ['X-Twice', 'a'],
    ['X-Twice', 'b'],
  ],
  body: 'hello',
};

async function fetchText(
  { host, port }: Listening,
  options: Readonly<Record<string, unknown>> = {},
  body = '',
): Promise<IncomingMessage & { text: string }> {
  const request = ask({ host, port, method: 'POST', ...options });
  request.end(body);
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of reply) text += String(chunk);
  return Object.assign(reply, { text });
}

/** What comes over the socket until it is closed. */
async function raw({ host, port }: Listening, text: string): Promise<string> {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  socket.write(text);
  let all = '';
  socket.on('data', (chunk) => (all += chunk.toString('latin1')));
  // A reset is an end as good as any here, and `once` would throw on it.
  await new Promise((resolve) => {
    socket.once('close', resolve);
  });
  return all;
}

const PLAIN_REQUEST = 'POST /x?y=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi';

describe('the listener', () => {
  it('takes a free port on loopback and gives the app a plain request', async () => {
    const seen: ServerRequest[] = [];
    const listening = await serve((request) => {
      seen.push(request);
      return Promise.resolve(hello);
    });
    const reply = await fetchText(listening, { path: '/a%20b?c=d', headers: { 'X-Y': 'z' } }, 'body');
    expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect([reply.text, reply.rawHeaders.filter((one) => one === 'X-Twice')]).toEqual([
      'hello',
      ['X-Twice', 'X-Twice'],
    ]);
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/a%20b', query: 'c=d', remoteAddress: '127.0.0.1' });
    expect(Buffer.from(seen[0]?.body ?? '').toString()).toBe('body');
    expect(seen[0]?.headers['x-y']).toBe('z');
  });

  it('keeps a connection for the next request', async () => {
    const listening = await serve(() => Promise.resolve(hello));
    const twice = `${PLAIN_REQUEST}${PLAIN_REQUEST.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`;
    expect((await raw(listening, twice)).split('HTTP/1.1 200 OK')).toHaveLength(3);
  });

  it('writes the pieces of a stream as they come and tells the app when the client is gone', async () => {
    let stopped = false;
    const endless = async function* (signal: AbortSignal): AsyncGenerator<string> {
      while (!signal.aborted) {
        yield 'tick\n';
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
      stopped = true;
    };
    const listening = await serve((_, signal) => Promise.resolve({ status: 200, headers: [], body: endless(signal) }));
    const request = ask({ host: listening.host, port: listening.port });
    request.end();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    await once(reply, 'data');
    reply.destroy();
    await expect.poll(() => stopped).toBe(true);
  });

  it('reads no more of a body than it may', async () => {
    let asked = false;
    const listening = await serve(
      () => {
        asked = true;
        return Promise.resolve(hello);
      },
      { maxBody: 10 },
    );
    const answer = await raw(listening, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n01234567890');
    expect([answer.startsWith('HTTP/1.1 413'), asked]).toEqual([true, false]);
  });

  it('closes though a request is still being answered', async () => {
    let asked = false;
    const listening = await listen(async () => {
      asked = true;
      return new Promise(() => undefined);
    });
    const answer = raw(listening, PLAIN_REQUEST);
    await expect.poll(() => asked).toBe(true);
    await listening.close();
    expect(await answer).toBe('');
  });

  it('rejects when the port is taken', async () => {
    const { port } = await serve(() => Promise.resolve(hello));
    await expect(listen(() => Promise.resolve(hello), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('a wire', () => {
  const streamed: ServerResponse = {
    ...hello,
    body: (async function* () {
      yield 'one';
      yield 'two';
    })(),
  };

  it('that changes nothing writes the same answer', async () => {
    const listening = await serve(() => Promise.resolve(hello), { wire: (pieces) => pieces });
    const reply = await fetchText(listening);
    expect([reply.statusCode, reply.text, reply.headers['x-twice']]).toEqual([200, 'hello', 'a, b']);
  });

  it('is given the head and each part of a stream', async () => {
    const kinds: string[] = [];
    const wire: Wire = async function* (pieces) {
      for await (const piece of pieces) {
        kinds.push(piece.kind);
        yield piece;
      }
    };
    const listening = await serve(() => Promise.resolve(streamed), { wire });
    expect((await fetchText(listening)).text).toBe('onetwo');
    expect(kinds).toEqual(['bytes', 'bytes', 'bytes', 'bytes']);
  });

  it('can cut, wait and rewrite', async () => {
    const wire: Wire = async function* (pieces) {
      for await (const piece of pieces) {
        if (piece.kind !== 'bytes') continue;
        yield {
          kind: 'bytes',
          bytes: Buffer.from(Buffer.from(piece.bytes).toString('latin1').replace('200 OK', '299 Odd'), 'latin1'),
        };
        yield { kind: 'wait', milliseconds: 1 };
        yield { kind: 'cut' };
      }
    };
    const listening = await serve(() => Promise.resolve(hello), { wire });
    const answer = await raw(listening, PLAIN_REQUEST);
    expect([answer.startsWith('HTTP/1.1 299 Odd'), answer.endsWith('\r\n\r\n')]).toEqual([true, true]);
  });
});

describe('what is thrown on the way to an answer', () => {
  const broken = new TypeError('fields is not iterable');
  const raise = async (): Promise<never> => Promise.reject(broken);
  const brokenBody: ServerResponse = {
    ...hello,
    body: (async function* () {
      yield 'one';
      await raise();
    })(),
  };
  const brokenWire: Wire = async function* (pieces) {
    yield* pieces;
    await raise();
  };

  async function thrownBy(app: App, wire?: Wire): Promise<{ readonly thrown: unknown[]; readonly answer: string }> {
    const thrown: unknown[] = [];
    const onError = (error: unknown): void => void thrown.push(error);
    const listening = await serve(app, wire === undefined ? { onError } : { onError, wire });
    return { thrown, answer: await raw(listening, PLAIN_REQUEST) };
  }

  it('is told, be it the app, a header, the body or the wire', async () => {
    expect(await thrownBy(raise)).toEqual({ thrown: [broken], answer: '' });
    expect((await thrownBy(async () => brokenBody)).thrown).toEqual([broken]);
    expect((await thrownBy(async () => hello, brokenWire)).thrown).toEqual([broken]);
    const badHeader = await thrownBy(async () => ({ ...hello, headers: [['X Bad', 'a']] }));
    expect(String(badHeader.thrown)).toContain('X Bad');
  });

  it('is nothing where the wire cuts on purpose', async () => {
    const cut: Wire = async function* () {
      yield { kind: 'cut' };
    };
    expect(await thrownBy(async () => hello, cut)).toEqual({ thrown: [], answer: '' });
  });

  it('is nothing where the client leaves, before its request is whole or after', async () => {
    const thrown: unknown[] = [];
    let left = 0;
    const app: App = async (_request, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          left += 1;
          reject(signal.reason);
        });
      });
    const { host, port } = await serve(app, { onError: (error) => thrown.push(error) });
    for (const text of [PLAIN_REQUEST, PLAIN_REQUEST.replace('Length: 2', 'Length: 20')]) {
      const socket = connect(port, host);
      socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 50));
      await once(socket, 'close');
    }
    await expect.poll(() => left).toBe(1);
    expect(thrown).toEqual([]);
  });

  it('is nothing any more once the server is closed', async () => {
    const thrown: unknown[] = [];
    let fail: (() => void) | undefined;
    const app: App = async () =>
      new Promise((_resolve, reject) => {
        fail = () => reject(broken);
      });
    const listening = await listen(app, { onError: (error) => thrown.push(error) });
    const answer = raw(listening, PLAIN_REQUEST);
    await expect.poll(() => fail).toBeDefined();
    await listening.close();
    fail?.();
    expect(await answer).toBe('');
    expect(thrown).toEqual([]);
  });
});
