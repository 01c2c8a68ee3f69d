import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/header-only',
  title: 'A key in the body is ignored',
  story: 'An earlier release read the header only.',
  breaks: ['idempotency/key-sources:body-key', 'idempotency/key-sources:body-key-reused'],
  app: (app) => (request, signal) => {
    const text = Buffer.from(request.body).toString('utf8').replace('"idempotency_key"', '"ignored"');
    return app({ ...request, body: Buffer.from(text) }, signal);
  },
});
