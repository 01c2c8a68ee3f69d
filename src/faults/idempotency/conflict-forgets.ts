import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/conflict-forgets',
  title: 'A conflict makes the key free again',
  story: 'The record is dropped before payloads are compared.',
  breaks: ['idempotency/conflict:original-kept'],
  app: (app) => {
    const spoilt = new Set<string>();
    return async (request, signal) => {
      const key = String(request.headers['idempotency-key']);
      const headers = { ...request.headers, ...(spoilt.has(key) ? { 'idempotency-key': `${key}.` } : {}) };
      const response = await app({ ...request, headers }, signal);
      if (response.status === 409) spoilt.add(key);
      return response;
    };
  },
});
