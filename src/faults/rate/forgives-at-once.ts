import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/forgives-at-once',
  title: 'A refusal opens the bucket again',
  story: 'The counter is dropped together with the refusal.',
  breaks: ['rate/recovery:still-limited', 'rate/separate-buckets:still-limited'],
  alsoBreaks: ['rate/precedence', 'rate/dispatch-shares-bucket'],
  services: ({ rateLimiter }) => ({
    rateLimiter: {
      ...rateLimiter,
      async admit(bucket, perMinute) {
        const admission = await rateLimiter.admit(bucket, perMinute);
        if (admission.kind === 'limited') rateLimiter.clear();
        return admission;
      },
    },
  }),
});
