import { defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/runs-on',
  title: 'A stream goes on after its client has left',
  story: '`ignore_user_abort` was switched on for the whole site.',
  breaks: ['stream/disconnect:stopped'],
  world: streamingWorld({ sleepMs: 1500 }),
  app: (app) => (request) => app(request, new AbortController().signal),
});
