import { contentEntry, defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/streams-anyway',
  title: 'Streaming is on where it is promised to be off',
  story: 'Somebody switched it on for one server, and the server entry wins.',
  breaks: ['stream/disabled:refused', 'stream/disabled:nothing-streamed'],
  world: streamingWorld({ enabled: false }),
  settings: {
    'mcp.servers': [
      contentEntry(),
      {
        handle: 'hoststream',
        transport: 'web',
        class: 'HostApp\\StreamServer',
        enabled: true,
        stream: { enabled: true },
      },
    ],
  },
});
