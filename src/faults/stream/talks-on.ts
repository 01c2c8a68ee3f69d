import { defineFault, followedBy, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const LATE = 'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":9}}\n\n';

export default defineFault<ServerTweak>({
  id: 'stream/talks-on',
  title: 'A notification follows the response',
  story: 'The tool reports progress of its clean-up.',
  breaks: ['stream/messages:response-last'],
  world: streamingWorld(),
  app: tamperStream({ body: followedBy(LATE) }),
});
