import { describe, expect, it } from 'vitest';
import { headerOf } from '../../src/server/json-response.ts';
import type { ServerResponse } from '../../src/server/message.ts';
import { paceStream } from '../../src/server/stream.ts';
import { countingPorts, install, rpc, type Installation } from './installation.ts';

const HOST = { handle: 'hoststream', transport: 'web', class: 'HostApp\\StreamServer', enabled: true };
const ON = { 'mcp.servers': [HOST], 'stream.enabled': true };
const BEATS = { ...ON, 'stream.emit_heartbeats': true, 'stream.heartbeat_seconds': 1 };
const HEARTBEAT = ': heartbeat\n\n';

async function stream(installation: Installation, args: Readonly<Record<string, unknown>>, signal?: AbortSignal) {
  const body = rpc('tools/call', { name: 'host.stream.count', arguments: args });
  return installation.send({ path: '/api/v1/mcp/hoststream', body, ...(signal === undefined ? {} : { signal }) });
}

function blocks(text: string): readonly string[] {
  return text.split(/(?<=\n\n)/);
}

describe('a streamed answer', () => {
  it('is refused while streams are off, and nothing of it runs', async () => {
    const { clock, ...installation } = install({ settings: { 'mcp.servers': [HOST] } });
    const before = clock.now;
    const reply = await stream({ clock, ...installation }, { count: 5, sleep_ms: 1000 });
    expect([reply.status, reply.code, clock.now]).toEqual([403, 'streaming_disabled', before]);
  });

  it('has data lines only: notifications, then one result', async () => {
    const reply = await stream(install({ settings: ON }), { count: 2 });
    const parts = blocks(reply.text);
    expect(parts).toHaveLength(3);
    expect(parts.every((part) => /^data: [^\n]+\n\n$/.test(part))).toBe(true);
    expect(parts.map((part) => Object.keys(JSON.parse(part.slice(6)) as object))).toEqual([
      ['jsonrpc', 'method', 'params'],
      ['jsonrpc', 'method', 'params'],
      ['jsonrpc', 'id', 'result'],
    ]);
  });

  it('names its limits, which an entry of the registry may change', async () => {
    const own = { ...HOST, stream: { enabled: true, max_stream_seconds: 7, heartbeat_seconds: 2 } };
    const reply = await stream(install({ settings: { 'mcp.servers': [own] } }), { count: 1 });
    const header = (name: string) => headerOf({ ...reply, body: '' }, name);
    expect(
      ['Content-Type', 'X-Accel-Buffering', 'X-eMCP-Stream-Max-Seconds', 'X-eMCP-Heartbeat-Seconds'].map(header),
    ).toEqual(['text/event-stream; charset=utf-8', 'no', '7', '2']);
  });

  it('that fails half-way ends in a page, without a result', async () => {
    const reply = await stream(install({ settings: ON }), { count: 1, fail: 1 });
    expect(reply.status).toBe(200);
    expect(blocks(reply.text)[1]).toMatch(/^<html>/);
    expect(reply.text).not.toContain('"result"');
  });

  it.each([
    [4096, 1],
    [0, 4],
  ])('arrives with php.output_buffering %d in %d pieces', async (buffering, pieces) => {
    const { server } = install({ settings: { ...ON, 'php.output_buffering': buffering, 'auth.mode': 'none' } });
    const response = await server.app(
      {
        method: 'POST',
        path: '/api/v1/mcp/hoststream',
        query: '',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(rpc('tools/call', { name: 'host.stream.count', arguments: { count: 3 } }))),
        remoteAddress: '192.0.2.1',
      },
      new AbortController().signal,
    );
    expect(await collect(response.body)).toHaveLength(pieces);
  });

  it('is never kept alive nor cut by the faithful server', async () => {
    const settings = { ...ON, 'stream.heartbeat_seconds': 1, 'stream.max_stream_seconds': 3 };
    const reply = await stream(install({ settings }), { count: 8, sleep_ms: 1500 });
    expect(reply.text).not.toContain(HEARTBEAT);
    expect(blocks(reply.text)).toHaveLength(9);
  });
});

describe('stream.emit_heartbeats', () => {
  it('sends a comment for each silent second', async () => {
    const reply = await stream(install({ settings: BEATS }), { count: 1, sleep_ms: 3500 });
    const parts = blocks(reply.text);
    expect(parts.filter((part) => part === HEARTBEAT)).toHaveLength(3);
    expect(parts.at(-1)).toContain('"result"');
  });

  it('ends the stream at max_stream_seconds, without a result', async () => {
    const reply = await stream(install({ settings: { ...BEATS, 'stream.max_stream_seconds': 3 } }), {
      count: 9,
      sleep_ms: 60_000,
    });
    expect(reply.text).toContain(HEARTBEAT);
    expect(reply.text).not.toContain('"result"');
  });

  it('stops when the client is gone', async () => {
    const clock = { now: 0 };
    const gone = new AbortController();
    const silence: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const pace = { buffered: false, heartbeat: { seconds: 1, maxSeconds: 1000 } };
    let beats = 0;
    for await (const beat of paceStream(silence, pace, { ports: countingPorts(clock, []), signal: gone.signal })) {
      expect(beat).toBe(HEARTBEAT);
      beats += 1;
      if (beats === 5) gone.abort();
    }
    expect(beats).toBe(5);
  });
});

async function collect(body: ServerResponse['body']): Promise<readonly string[]> {
  const parts: string[] = [];
  if (typeof body === 'string' || body instanceof Uint8Array) return parts;
  for await (const part of body) parts.push(part);
  return parts;
}
