import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/completion-lost',
  title: 'The key never learns that its task is finished',
  story: 'The worker has a cache of its own: `CACHE_DRIVER` differs on the command line.',
  breaks: ['dispatch/lifecycle:terminal'],
  services: ({ idempotency }) => ({
    idempotency: {
      ...idempotency,
      save(key, record) {
        if (record.status === 'accepted') idempotency.save(key, record);
      },
    },
  }),
});
