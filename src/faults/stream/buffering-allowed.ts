import { defineFault, replaceHeader, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/buffering-allowed',
  title: 'A stream allows buffering',
  story: 'A snippet for downloads sets the header for every answer of PHP.',
  breaks: ['stream/headers:buffering'],
  world: streamingWorld(),
  app: tamperStream({ head: replaceHeader('X-Accel-Buffering', 'yes') }),
});
