import { defineFault, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/banner',
  title: 'An event of the stream is no message',
  story: 'A debug bar writes its own events into every stream.',
  breaks: ['stream/messages:messages'],
  world: streamingWorld(),
  app: tamperStream({ body: greeted }),
});

async function* greeted(parts: AsyncIterable<string>): AsyncGenerator<string> {
  yield 'data: hello\n\n';
  yield* parts;
}
