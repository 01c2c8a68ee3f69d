import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/bans',
  title: 'Who was refused once stays refused',
  story: 'A firewall bans addresses that were limited.',
  breaks: ['rate/recovery:let-in-again'],
  services({ rateLimiter }) {
    const banned = new Set<string>();
    return {
      rateLimiter: {
        ...rateLimiter,
        async admit(bucket, perMinute) {
          const key = JSON.stringify(bucket);
          const admission = await rateLimiter.admit(bucket, perMinute);
          if (admission.kind === 'limited') banned.add(key);
          return banned.has(key) ? { kind: 'limited', retryAfterSeconds: 60 } : admission;
        },
      },
    };
  },
});
