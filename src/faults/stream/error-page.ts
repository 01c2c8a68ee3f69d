import { defineFault, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/error-page',
  title: 'A failing tool appends an error page to its stream',
  story: 'The tool throws after its first event, and the CMS shows its page.',
  breaks: ['stream/messages:well-framed', 'stream/messages:one-response'],
  alsoBreaks: ['stream/live', 'stream/heartbeat'],
  world: streamingWorld(),
  app: tamperStream({ body: brokenOff }),
});

async function* brokenOff(parts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const part of parts) {
    yield part.slice(0, part.indexOf('\n\n') + 2);
    yield '<!doctype html>\n<title>Error</title>\n';
    return;
  }
}
