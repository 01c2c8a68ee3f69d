import { contentEntry, defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/unlimited',
  title: 'The server has no limit',
  story: '`per_minute` was set to 0, which means unlimited.',
  breaks: ['rate/threshold:allowed', 'rate/threshold:refused', 'rate/threshold:retry-after'],
  alsoBreaks: [
    'rate/recovery',
    'rate/separate-buckets',
    'rate/dispatch-shares-bucket',
    'rate/counted-requests',
    'rate/precedence',
  ],
  settings: {
    'mcp.servers': [contentEntry({ rate_limit: { per_minute: 0 } })],
  },
});
