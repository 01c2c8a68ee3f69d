import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/shared-method',
  title: 'All methods share their buckets',
  story: 'A limiter of the framework counts by path.',
  breaks: ['rate/separate-buckets:method'],
  services: ({ rateLimiter }) => ({
    rateLimiter: {
      ...rateLimiter,
      admit: (bucket, perMinute) => rateLimiter.admit({ ...bucket, method: 'any' }, perMinute),
    },
  }),
});
