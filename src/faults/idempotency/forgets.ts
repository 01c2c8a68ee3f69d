import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/forgets',
  title: 'Keys are forgotten',
  story: 'The default cache is `array`, which ends with each request.',
  breaks: [
    'idempotency/reused:reused',
    'idempotency/reused:same-task',
    'idempotency/reused:first-trace',
    'idempotency/reused:one-task',
    'idempotency/conflict:refused',
    'idempotency/conflict:no-new-task',
    'idempotency/conflict:original-kept',
    'idempotency/key-sources:body-key-reused',
    'idempotency/race:one-first',
    'idempotency/race:one-task',
    'dispatch/lifecycle:terminal',
    'idempotency/key-order:refused',
  ],
  alsoBreaks: ['idempotency/completed-replay'],
  services: ({ idempotency }) => ({ idempotency: { ...idempotency, find: () => undefined } }),
});
