import { contentEntry, defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/global-values-win',
  title: 'The limits of eMCP count instead of those of the server',
  story: 'The stream limits were put at the wrong place of the server entry.',
  breaks: ['stream/headers:max-seconds', 'stream/headers:heartbeat-seconds'],
  world: streamingWorld(),
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
