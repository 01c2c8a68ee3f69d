import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'idempotency/keys-of-subjects',
  title: 'Each subject has keys of its own',
  story: 'A runtime that makes the token’s subject a part of the key.',
  mends: ['idempotency/other-subject:separate'],
  app: (app) => (request, signal) => {
    const { 'idempotency-key': key, authorization } = request.headers;
    const own = `${String(key)}.${String(authorization)}`;
    return app({ ...request, headers: { ...request.headers, 'idempotency-key': own } }, signal);
  },
});
