import { defineFault, replaceHeader, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/cacheable',
  title: 'A stream may be cached and transformed',
  story: 'A cache plugin replaces the directives.',
  breaks: ['stream/headers:cache-control'],
  world: streamingWorld(),
  app: tamperStream({ head: replaceHeader('Cache-Control', 'public, max-age=60') }),
});
