import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/body-key-wins',
  title: 'The key of the body wins over the header',
  story: 'A client library of the site moves the body’s key into the header.',
  breaks: ['idempotency/key-sources:header-wins'],
  app: (app) => (request, signal) => {
    const { 'idempotency-key': _header, ...headers } = request.headers;
    const inBody = Buffer.from(request.body).includes('idempotency_key');
    return app(inBody ? { ...request, headers } : request, signal);
  },
});
