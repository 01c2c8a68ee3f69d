import { defineFault, replaceHeader, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/as-text',
  title: 'A stream is declared as text',
  story: 'A filter of the site sets the media type of everything.',
  breaks: ['stream/headers:media-type', 'stream/messages:messages'],
  alsoBreaks: ['stream/live', 'stream/heartbeat'],
  world: streamingWorld(),
  app: tamperStream({ head: replaceHeader('Content-Type', 'text/plain') }),
});
