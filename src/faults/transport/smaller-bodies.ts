import { contentEntry, defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/smaller-bodies',
  title: 'Bodies are cut off below the promised limit',
  story: 'The body limit of the web server is lower.',
  breaks: ['transport/payload-too-large:at-the-limit'],
  settings: {
    'mcp.servers': [contentEntry({ limits: { max_payload_kb: 127 } })],
  },
});
