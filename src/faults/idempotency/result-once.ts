import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/result-once',
  title: 'The result can be fetched once',
  story: 'The record is pulled from the cache instead of being read.',
  breaks: [
    'idempotency/completed-replay:replayed',
    'idempotency/completed-replay:result',
    'idempotency/completed-replay:conflict',
  ],
  services: ({ idempotency }) => {
    const fetched = new Set<string>();
    return {
      idempotency: {
        ...idempotency,
        find(key) {
          const record = fetched.has(key) ? undefined : idempotency.find(key);
          if (record?.status === 'completed') fetched.add(key);
          return record;
        },
      },
    };
  },
});
