import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'idempotency/no-invented-keys',
  title: 'A call without a key is not remembered',
  story: 'A runtime that invents no key, so that nothing is answered from the cache unasked.',
  mends: ['idempotency/keyless-replay:fresh'],
  services: ({ idempotency }) => ({
    idempotency: {
      ...idempotency,
      find: (key) => (key.startsWith('sync:') ? undefined : idempotency.find(key)),
    },
  }),
});
