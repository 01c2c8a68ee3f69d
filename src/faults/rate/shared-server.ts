import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/shared-server',
  title: 'All servers share their buckets',
  story: 'A limiter in front counts by client only.',
  breaks: ['rate/separate-buckets:server'],
  services: ({ rateLimiter }) => ({
    rateLimiter: {
      ...rateLimiter,
      admit: (bucket, perMinute) => rateLimiter.admit({ ...bucket, server: 'any' }, perMinute),
    },
  }),
});
