import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answering, ask, clientWith, listening, peer, send } from './peer.ts';

describe('the HTTP client', () => {
  it('gives any status as an answer', async () => {
    const url = await listening(createServer((_request, response) => response.writeHead(500).end('{}')));
    expect(await ask(clientWith(), url)).toBe(500);
  });

  it('tells a closed port as refused, not as a cancelled request', async () => {
    const server = createServer();
    const url = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await ask(clientWith(), url)).toMatchObject({ name: 'Unreachable', kind: 'refused' });
  });

  it('gives the reason of the signal when it is stopped', async () => {
    const { url } = await peer(() => undefined);
    const stop = new AbortController();
    const answer = ask(clientWith(), url, { signal: stop.signal });
    stop.abort('enough');
    expect(await answer).toBe('enough');
  });

  it('keeps headers as they came: order, case, duplicates', async () => {
    const { url } = await answering('HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a: \xE9\r\nX-B: 2\r\nContent-Length: 0\r\n\r\n');
    const { headers } = await send(clientWith(), url);
    expect(headers.slice(0, 3)).toEqual([
      ['X-B', '1'],
      ['x-a', 'é'],
      ['X-B', '2'],
    ]);
  });
});

describe('limits of the HTTP client', () => {
  it('tell which of them an answer has missed', async () => {
    const { url: silent } = await peer(() => undefined);
    const { url: stalled } = await peer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'));
    const limits = (name: string) => ({ limits: { [name]: 100 } });
    expect(await ask(clientWith(limits('firstByteMs')), silent)).toMatchObject({ kind: 'timeout-first-byte' });
    expect(await ask(clientWith(limits('idleMs')), stalled)).toMatchObject({ kind: 'timeout-idle' });
    expect(await ask(clientWith(limits('totalMs')), silent)).toMatchObject({ kind: 'timeout-total' });
  });

  it.each([
    ['one byte at a time', 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n', 'a'],
    ['provisional answers without end', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['a header that never ends', 'HTTP/1.1 200 OK\r\nX: ', 'a'],
  ])('are not extended by %s', async (_name, head, drop) => {
    const { url } = await peer((socket) => {
      socket.write(head);
      const timer = setInterval(() => socket.write(drop), 10);
      socket.once('close', () => clearInterval(timer));
    });
    const client = clientWith({ limits: { totalMs: 300, firstByteMs: 5000, idleMs: 100 } });
    expect(await ask(client, url)).toMatchObject({ kind: 'timeout-total' });
  });

  it.each([
    ['a large body', `HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(2000)}`],
    ['a body that says it is small', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n${'a'.repeat(2000)}`],
    ['a large header', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(9000)}\r\n\r\n`],
    ['thousands of headers', `HTTP/1.1 200 OK\r\n${'X: a\r\n'.repeat(5000)}\r\n`],
  ])('end %s', async (_name, answer) => {
    const { url } = await answering(answer);
    expect(await ask(clientWith(), url)).toMatchObject({ kind: 'too-large' });
  });
});

describe('a broken answer', () => {
  it.each([
    ['closed before its announced length', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab', 'truncated'],
    ['closed within a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab', 'truncated'],
    ['closed without its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n', 'truncated'],
    ['with a chunk of no size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n', 'malformed'],
    ['with a folded header', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n', 'malformed'],
    ['that is no HTTP', 'not HTTP at all\r\n\r\n', 'malformed'],
    ['closed within its head', 'HTTP/1.1 200 OK\r\nX: a\r\n', 'reset'],
    ['that changes the protocol', 'HTTP/1.1 101 Other\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 'reset'],
    ['that is none', '', 'reset'],
  ])('%s is no answer', async (_name, bytes, kind) => {
    const { url } = await answering(bytes);
    expect(await ask(clientWith(), url)).toMatchObject({ name: 'Unreachable', kind });
  });

  it('reset within its body is told from one that was closed', async () => {
    const { url } = await peer(
      (socket) =>
        void socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab');
          setTimeout(() => socket.resetAndDestroy(), 30);
        }),
    );
    expect(await ask(clientWith(), url)).toMatchObject({ kind: 'reset' });
  });

  it.each([
    ['of HTTP 1.0, ended by closing', 'HTTP/1.0 200 OK\r\n\r\nabc', 'abc'],
    ['with more than its announced length', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 500 No', 'abc'],
    ['without content but with a body', 'HTTP/1.1 204 None\r\n\r\nabc', ''],
    ['with trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: a\r\n\r\n', 'abc'],
  ])('%s is as much as it said', async (_name, bytes, body) => {
    const { url } = await answering(bytes);
    expect((await send(clientWith(), url)).body.toString()).toBe(body);
  });
});

describe('an answer that comes before the request was read', () => {
  const refusal = 'HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}';
  const body = 'x'.repeat(4_000_000);

  it('counts, though the rest is refused', async () => {
    const closing = await answering(refusal);
    const resetting = await peer((socket) => {
      socket.once('data', () => {
        socket.write(refusal);
        // The answer is read by then, also on a busy machine.
        setTimeout(() => socket.resetAndDestroy(), 100);
      });
    });
    for (let round = 0; round < 5; round += 1) {
      expect(await ask(clientWith(), closing.url, { body })).toBe(413);
      expect(await ask(clientWith(), resetting.url, { body })).toBe(413);
    }
  });
});

describe('a kept connection that is closed before the second answer', () => {
  const sound = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

  async function secondOf(second: string, repeatable: boolean) {
    const { url, seen } = await peer((socket) => {
      const kept = seen.connections === 1;
      socket.once('data', () => {
        socket.write(sound);
        if (kept) socket.once('data', () => socket.end(second));
      });
    });
    const client = clientWith();
    await send(client, url);
    // The client learns only now that the connection is free.
    await setImmediate();
    return { answer: await ask(client, url, { repeatable }), ...seen };
  }

  it('is asked once more, where that does no harm', async () => {
    expect(await secondOf('', true)).toMatchObject({ answer: 200, connections: 2, pieces: 3 });
  });

  it('is the last one that is kept, as whoever closes it does so again', async () => {
    const { url, seen } = await peer((socket) => {
      socket.once('data', () => {
        socket.write(sound);
        socket.once('data', () => socket.end());
      });
    });
    const client = clientWith();
    for (let round = 0; round < 5; round += 1) {
      expect(await ask(client, url)).toBe(200);
      await setImmediate();
    }
    // The second request is the one that came to a closed connection.
    expect(seen).toEqual({ connections: 5, pieces: 6 });
  });

  it('is no concern of a request that must not be sent twice: it has a connection of its own', async () => {
    expect(await secondOf('', false)).toMatchObject({ answer: 200, connections: 2, pieces: 2 });
  });

  it('is not asked again, where it may have acted already', async () => {
    const { url, seen } = await peer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 202 Accepted\r\nX: ')),
    );
    expect(await ask(clientWith(), url, { repeatable: false })).toMatchObject({ kind: 'reset' });
    expect(seen).toEqual({ connections: 1, pieces: 1 });
  });

  it('is not asked again where the allowance has no repetition left', async () => {
    const { url, seen } = await peer((socket) => {
      const kept = seen.connections === 1;
      socket.once('data', () => {
        socket.write(sound);
        if (kept) socket.once('data', () => socket.end());
      });
    });
    const client = clientWith();
    await send(client, url);
    await setImmediate();
    const request = { method: 'POST', url, headers: {}, body: '{}', bucket: 'unknown', repeatable: true };
    const refused = client.send({ ...request, mayResend: () => false }, new AbortController().signal);
    await expect(refused).rejects.toMatchObject({ kind: 'reset' });
    expect(seen.connections).toBe(1);
  });

  it('is not asked again when the first answer on a fresh connection fails to come', async () => {
    const { url, seen } = await answering('');
    await ask(clientWith(), url);
    expect(seen.connections).toBe(1);
  });
});
