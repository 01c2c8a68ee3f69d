import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/cache-per-node',
  title: 'Each node has a cache of its own',
  story: 'Two nodes behind a balancer keep their cache in files.',
  breaks: [
    'idempotency/reused:reused',
    'idempotency/reused:same-task',
    'idempotency/race:one-first',
    'idempotency/race:one-task',
  ],
  alsoBreaks: [
    'idempotency/first-accepted',
    'idempotency/conflict',
    'dispatch/lifecycle',
    'idempotency/completed-replay',
    'idempotency/key-sources',
    'auth/refused-not-run',
  ],
  app: (app) => {
    let dispatches = 0;
    return (request, signal) => {
      const key = request.headers['idempotency-key'];
      if (!request.path.endsWith('/dispatch') || typeof key !== 'string') return app(request, signal);
      dispatches += 1;
      return app(
        { ...request, headers: { ...request.headers, 'idempotency-key': `${key}.${dispatches % 2}` } },
        signal,
      );
    };
  },
});
