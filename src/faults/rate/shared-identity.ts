import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/shared-identity',
  title: 'All identities share their buckets',
  story: 'Tokens are issued without a subject behind one proxy address.',
  breaks: ['rate/separate-buckets:identity'],
  alsoBreaks: ['rate/counted-requests'],
  services: ({ rateLimiter }) => ({
    rateLimiter: {
      ...rateLimiter,
      admit: (bucket, perMinute) => rateLimiter.admit({ ...bucket, identity: 'everybody' }, perMinute),
    },
  }),
});
