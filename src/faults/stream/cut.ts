import { defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';
import type { Wire } from '../../server/wire.ts';

export default defineFault<ServerTweak>({
  id: 'stream/cut',
  title: 'The connection is cut before the response',
  story: 'The process that serves the stream is killed by a deployment.',
  breaks: ['stream/messages:ended', 'stream/messages:one-response'],
  alsoBreaks: ['stream/live'],
  world: streamingWorld(),
  wire: cutBeforeTheEnd,
});

function cutBeforeTheEnd(pieces: Parameters<Wire>[0], { response }: Parameters<Wire>[1]): ReturnType<Wire> {
  const streamed = typeof response.body === 'object' && !(response.body instanceof Uint8Array);
  return streamed ? halfOf(pieces) : pieces;
}

async function* halfOf(pieces: Parameters<Wire>[0]): ReturnType<Wire> {
  for await (const piece of pieces) {
    const isBody = piece.kind === 'bytes' && !Buffer.from(piece.bytes).includes('HTTP/1.1 ');
    const end = isBody ? Buffer.from(piece.bytes).indexOf('\n\n') + 2 : 0;
    yield isBody ? { kind: 'bytes', bytes: piece.bytes.subarray(0, end) } : piece;
    if (isBody) yield { kind: 'cut' };
  }
}
