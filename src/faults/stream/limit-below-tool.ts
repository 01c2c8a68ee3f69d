import { contentEntry, defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/limit-below-tool',
  title: 'A tool takes longer than a stream may',
  story: 'The limit was lowered, which today changes the header and nothing else.',
  breaks: ['stream/time-limit:ended-in-time'],
  alsoBreaks: ['stream/headers'],
  world: streamingWorld({ sleepMs: 700 }),
  settings: {
    'mcp.servers': [
      contentEntry(),
      {
        handle: 'hoststream',
        transport: 'web',
        class: 'HostApp\\StreamServer',
        enabled: true,
        stream: { enabled: true, max_stream_seconds: 1, heartbeat_seconds: 1 },
      },
    ],
  },
});
