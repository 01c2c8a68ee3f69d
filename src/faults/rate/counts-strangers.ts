import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/counts-strangers',
  title: 'Requests refused for their scope are counted',
  story: 'The rate middleware runs before the scope middleware.',
  breaks: ['rate/counted-requests:uncounted'],
  services({ rateLimiter, scopePolicy }) {
    let denied = 0;
    return {
      scopePolicy: {
        allows(question) {
          const allowed = scopePolicy.allows(question);
          if (!allowed) denied += 1;
          return allowed;
        },
      },
      rateLimiter: {
        ...rateLimiter,
        async admit(bucket, perMinute) {
          for (; denied > 0; denied -= 1) await rateLimiter.admit(bucket, perMinute);
          return rateLimiter.admit(bucket, perMinute);
        },
      },
    };
  },
});
