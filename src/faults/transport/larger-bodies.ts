import { contentEntry, defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/larger-bodies',
  title: 'Bodies over the promised limit are taken',
  story: 'The server entry allows more than the deployment promises.',
  breaks: ['transport/payload-too-large:over-the-limit'],
  alsoBreaks: ['transport/precedence'],
  settings: {
    'mcp.servers': [contentEntry({ limits: { max_payload_kb: 129 } })],
  },
});
