import { createGzip, gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Unreachable } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../src/probes/stream-limits.ts';
import { watchStream } from '../../src/probes/stream-watch.ts';
import { serve, STREAM_HEADERS, type EventServer } from '../support/event-server.ts';
import { watch, watchJournaled } from '../support/watch.ts';

let server: EventServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serving(answer: (response: ServerResponse) => void): Promise<URL> {
  server = await serve((_request, response) => answer(response));
  return server.url;
}

function streaming(...writes: readonly string[]): Promise<URL> {
  return serving((response) => {
    response.writeHead(200, STREAM_HEADERS);
    for (const write of writes) response.write(write);
    response.end();
  });
}

/** Writes until the client has enough. */
function flood(response: ServerResponse, piece: string): void {
  response.writeHead(200, STREAM_HEADERS);
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

describe('watching a stream', () => {
  it('gives every kind of frame, with offsets in bytes', async () => {
    const url = await streaming('\uFEFF: hi\n\nid: 7\nevent: tick\ndata: é\ndata: two\n\nretry: 250\n\nwhat is this\n');
    const { frames, ended } = await watch(url);
    expect(frames).toMatchObject([
      { kind: 'comment', data: 'hi', offset: 8 },
      { kind: 'event', data: 'é\ntwo', event: 'tick', id: '7' },
      { kind: 'retry', data: '250' },
      { kind: 'malformed', data: 'what is this' },
    ]);
    expect(frames[1]?.offset).toBe(9 + Buffer.byteLength('id: 7\nevent: tick\ndata: é\ndata: two\n\n'));
    expect(ended).toBe('closed');
  });

  it('tells an event that was not completed from one that was', async () => {
    const whole = await watch(await streaming('data: 1\n\n'));
    await server?.close();
    const half = await watch(await streaming('data: 1\n\ndata: 2\n'));
    expect([whole.unfinished, half.unfinished, half.frames.length]).toEqual([false, true, 1]);
  });

  it('stamps frames with the time they came', async () => {
    const url = await serving((response) => {
      response.writeHead(200, STREAM_HEADERS);
      response.write('data: 1\n\n');
      setTimeout(() => response.end('data: 2\n\n'), 200);
    });
    const [first, second] = (await watch(url)).frames;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(150);
  });

  it('ends an endless stream of comments at its seconds, or at its number of frames', async () => {
    const slow = await serving((response) => {
      response.writeHead(200, STREAM_HEADERS);
      const timer = setInterval(() => response.write(': beat\n\n'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const record = await watch(slow, { seconds: 0.5 });
    expect(record.ended).toBe('limit-seconds');
    expect(record.durationMs).toBeLessThan(1500);
    await server?.close();
    const fast = await watch(await serving((response) => flood(response, ': beat\n\n'.repeat(100))));
    expect(fast.ended).toBe('limit-events');
  });

  it('ends a line of 100 MB at its cap with bounded memory', async () => {
    const url = await serving((response) => flood(response, 'data: '.padEnd(65_536, 'x')));
    const before = process.memoryUsage().rss;
    const record = await watch(url);
    expect(record).toMatchObject({ ended: 'limit-line', frames: [] });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('ends a flood of large events at its bytes', async () => {
    const event = `data: ${'x'.repeat(60_000)}\n\n`;
    expect((await watch(await serving((response) => flood(response, event)))).ended).toBe('limit-bytes');
  });

  it('ends a drip of bytes at its seconds', async () => {
    const url = await serving((response) => {
      response.writeHead(200, STREAM_HEADERS);
      const timer = setInterval(() => response.write('x'), 5);
      response.once('close', () => clearInterval(timer));
    });
    const record = await watch(url, { seconds: 0.3 });
    expect(record).toMatchObject({ ended: 'limit-seconds', unfinished: true, frames: [] });
  });

  it('tells a connection that was cut from one that was closed', async () => {
    const url = await serving((response) => {
      response.writeHead(200, STREAM_HEADERS);
      response.write('data: 1\n\ndata: {"half', () => response.destroy());
    });
    expect(await watch(url)).toMatchObject({ ended: 'cut', unfinished: true, frames: [{ data: '1' }] });
  });

  it('sees through compression, and keeps the header that tells of it', async () => {
    const url = await serving((response) => {
      response.writeHead(200, { ...STREAM_HEADERS, 'Content-Encoding': 'gzip' });
      response.end(gzipSync('data: 1\n\n'));
    });
    const { frames, exchange } = await watch(url);
    expect(frames).toMatchObject([{ data: '1' }]);
    expect(exchange.headers).toContainEqual(['Content-Encoding', 'gzip']);
  });

  it('reads an answer that is no stream as any other', async () => {
    const url = await serving((response) => {
      response.writeHead(403, { 'Content-Type': 'application/json' });
      response.end('{"error":{"code":"streaming_disabled"}}');
    });
    const { exchange, frames } = await watch(url);
    expect(exchange).toMatchObject({ status: 403, parsed: { kind: 'json' } });
    expect(frames).toEqual([]);
  });

  it('stops after as many frames as asked for, and lets the server know', async () => {
    let onClose = (): void => undefined;
    const left = new Promise<void>((resolve) => {
      onClose = resolve;
    });
    const url = await serving((response) => {
      response.once('close', onClose);
      flood(response, 'data: 1\n\n');
    });
    const record = await watch(url, { stopAfterFrames: 3 });
    expect(record).toMatchObject({ ended: 'cancelled', frames: [{}, {}, {}] });
    await left;
  });

  it('has no answer to give where none came within its seconds', async () => {
    const url = await serving(() => undefined);
    await expect(watch(url, { seconds: 0.2 })).rejects.toBeInstanceOf(Unreachable);
  });

  it('ends at once when the check is stopped', async () => {
    const control = new AbortController();
    const url = await serving((response) => {
      response.writeHead(200, STREAM_HEADERS);
      response.write('data: 1\n\n', () => control.abort());
    });
    expect(['cancelled', 'stopped']).toContain(
      await watch(url, { signal: control.signal }).then(
        ({ ended }) => ended,
        () => 'stopped',
      ),
    );
  });

  it('journals how the stream ended and its first frames', async () => {
    const { journal } = await watchJournaled(await streaming('data: 1\n\n: beat\n\n'));
    expect(journal).toMatchObject([
      { kind: 'stream', response: { status: 200, ended: 'closed', frames: [{ data: '1' }, {}] } },
    ]);
  });

  it.each(['gzip', 'deflate', 'br'])('says so where the body is not the %s it declares', async (coding) => {
    for (const type of ['text/event-stream', 'text/html']) {
      const url = await serving((response) => {
        response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': coding });
        response.end('data: 1\n\n'.repeat(20));
      });
      const error: unknown = await watch(url).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Unreachable);
      expect(error).toMatchObject({ kind: 'malformed' });
      expect(String(error)).toContain(`not the ${coding} `);
      await server?.close();
    }
  });

  it('ends a compressed stream at its seconds, or where it was cut', async () => {
    const compressed = (response: ServerResponse): void => {
      response.writeHead(200, { ...STREAM_HEADERS, 'Content-Encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.write('data: 1\n\n');
      gzip.flush();
    };
    const url = await serving(compressed);
    expect(await watch(url, { seconds: 0.3 })).toMatchObject({ ended: 'limit-seconds', frames: [{ data: '1' }] });
    await server?.close();
    const cut = await serving((response) => {
      compressed(response);
      setTimeout(() => response.destroy(), 200);
    });
    expect(await watch(cut)).toMatchObject({ ended: 'cut', frames: [{ data: '1' }] });
  });

  it('takes no mistake of its caller for an end', async () => {
    const url = await serving((response) => flood(response, 'data: 1\n\n'));
    const onFrame = (): never => {
      throw new RangeError('cannot show this frame');
    };
    await expect(watch(url, { onFrame })).rejects.toThrow(new RangeError('cannot show this frame'));
  });
});

describe('watching a body', () => {
  async function ending(error: unknown, type: string) {
    const headers = [['Content-Type', type]] as const;
    const body = async function* () {
      yield Buffer.from('data: 1\n\n');
      throw error;
    };
    const open = async () => ({ status: 200, headers, body: body(), release: () => undefined });
    const limits = { ...DEFAULT_LIMITS, seconds: 5 };
    return watchStream(open, { limits, signal: new AbortController().signal, shown: (frame) => frame });
  }

  it.each(['text/event-stream', 'text/html'])(
    'of %s is cut by an error of the network, and by no other',
    async (type) => {
      expect(await ending(new Unreachable('reset', 'reset'), type)).toMatchObject({ ended: 'cut' });
      await expect(ending(new TypeError('lines is not iterable'), type)).rejects.toThrow(TypeError);
    },
  );
});
