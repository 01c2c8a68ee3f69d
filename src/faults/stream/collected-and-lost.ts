import { defineFault, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/collected-and-lost',
  title: 'A stream arrives at its end, and without its response',
  story: 'PHP collects its output, and the tool gives up before it has a result.',
  breaks: ['stream/live:arrival', 'stream/messages:one-response'],
  alsoBreaks: ['stream/heartbeat'],
  world: streamingWorld(),
  settings: { 'php.output_buffering': 4096 },
  app: tamperStream({ body: withoutLast }),
});

/** All of it comes as one part; the last of its events is the response. */
async function* withoutLast(parts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const part of parts) yield part.replace(/[^\n]+\n\n$/, '');
}
