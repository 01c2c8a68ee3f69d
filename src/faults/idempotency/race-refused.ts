import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/race-refused',
  title: 'All but the first of simultaneous dispatches are refused',
  story: 'A lock on the key answers those who wait for it with 409.',
  breaks: ['idempotency/race:accepted'],
  alsoBreaks: ['idempotency/reused', 'idempotency/conflict', 'dispatch/lifecycle', 'idempotency/completed-replay'],
  app: (app) => {
    const seen = new Set<string>();
    return async (request, signal) => {
      const key = request.headers['idempotency-key'];
      const response = await app(request, signal);
      if (typeof key !== 'string' || response.status !== 202) return response;
      const again = seen.has(key);
      seen.add(key);
      return again ? { ...response, status: 409 } : response;
    };
  },
});
