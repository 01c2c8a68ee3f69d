import { gzipSync } from 'node:zlib';
import { defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';
import type { Wire } from '../../server/wire.ts';

export default defineFault<ServerTweak>({
  id: 'stream/compressed',
  title: 'A stream is compressed',
  story: 'gzip was switched on for every media type.',
  breaks: ['stream/headers:not-compressed'],
  alsoBreaks: ['stream/live', 'stream/heartbeat'],
  world: streamingWorld(),
  wire: compress,
});

function compress(pieces: Parameters<Wire>[0], { response }: Parameters<Wire>[1]): ReturnType<Wire> {
  const { status, headers, body } = response;
  if (typeof body === 'string' || body instanceof Uint8Array) return pieces;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/1.1 ${status} OK\r\n${lines}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n`;
  return compressed(Buffer.from(head, 'latin1'), body);
}

async function* compressed(head: Uint8Array, body: AsyncIterable<string>): ReturnType<Wire> {
  yield { kind: 'bytes', bytes: head };
  for await (const part of body) yield chunkOf(gzipSync(part));
  yield { kind: 'bytes', bytes: Buffer.from('0\r\n\r\n') };
}

function chunkOf(data: Uint8Array): { readonly kind: 'bytes'; readonly bytes: Uint8Array } {
  const size = Buffer.from(`${data.length.toString(16)}\r\n`);
  return { kind: 'bytes', bytes: Buffer.concat([size, data, Buffer.from('\r\n')]) };
}
