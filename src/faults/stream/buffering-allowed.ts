import { defineFault, replaceHeader, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/buffering-allowed',
  title: 'A stream does not forbid buffering',
  story: 'The header is stripped by a security filter that knows only a few.',
  breaks: ['stream/headers:buffering'],
  world: streamingWorld(),
  app: tamperStream({ head: replaceHeader('X-Accel-Buffering') }),
});
