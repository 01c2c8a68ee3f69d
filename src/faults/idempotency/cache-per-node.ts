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
    'idempotency/conflict',
    'dispatch/lifecycle',
    'idempotency/completed-replay',
    'idempotency/key-sources',
    'auth/refused-not-run',
  ],
  app: (app) => {
    let dispatches = 0;
    return async (request, signal) => {
      const key = request.headers['idempotency-key'];
      if (!request.path.endsWith('/dispatch') || typeof key !== 'string') return app(request, signal);
      dispatches += 1;
      const own = `${key}.${dispatches % 2}`;
      const response = await app({ ...request, headers: { ...request.headers, 'idempotency-key': own } }, signal);
      return typeof response.body === 'string' ? { ...response, body: response.body.replace(own, key) } : response;
    };
  },
});
