import { contentEntry, defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/generous',
  title: 'The server allows one request more than promised',
  story: 'Somebody rounded the limit up.',
  breaks: ['rate/threshold:allowed'],
  alsoBreaks: ['rate/counted-requests', 'rate/dispatch-shares-bucket', 'rate/precedence'],
  settings: {
    'mcp.servers': [contentEntry({ rate_limit: { per_minute: 31 } })],
  },
});
