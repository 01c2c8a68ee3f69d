import { contentEntry, defineFault, replaceHeader, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const WORLD = streamingWorld({ count: 1, sleepMs: 3200 });

export default defineFault<ServerTweak>({
  id: 'stream/late-heartbeats',
  title: 'Heartbeats come at half the declared pace',
  story: 'The interval was changed in a proxy that rewrites the header.',
  breaks: ['stream/heartbeat:observed'],
  world: { ...WORLD, settings: { ...WORLD.settings, 'cms.settings.eMCP.stream.emit_heartbeats': true } },
  settings: {
    'mcp.servers': [
      contentEntry(),
      {
        handle: 'hoststream',
        transport: 'web',
        class: 'HostApp\\StreamServer',
        enabled: true,
        stream: { enabled: true, max_stream_seconds: 10, heartbeat_seconds: 2 },
      },
    ],
  },
  app: tamperStream({ head: replaceHeader('X-eMCP-Heartbeat-Seconds', '1') }),
});
