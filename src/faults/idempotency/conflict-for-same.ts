import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/conflict-for-same',
  title: 'The same payload is taken for another',
  story: 'The hash is made over something that changes with each request.',
  breaks: [
    'idempotency/reused:reused',
    'idempotency/reused:same-task',
    'idempotency/key-sources:body-key-reused',
    'dispatch/lifecycle:terminal',
  ],
  alsoBreaks: ['idempotency/conflict', 'idempotency/completed-replay'],
  services: ({ idempotency }) => ({
    idempotency: {
      ...idempotency,
      find(key) {
        const record = idempotency.find(key);
        return record && { ...record, payloadHash: 'another' };
      },
    },
  }),
});
