import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/sorted-keys',
  title: 'Payloads are compared by their meaning',
  story: 'A later runtime sorts keys before it compares.',
  breaks: ['idempotency/key-order:refused'],
  app: (app) => (request, signal) => {
    const text = Buffer.from(request.body).toString('utf8');
    const swapped = text.replace('"offset":0,"limit":1', '"limit":1,"offset":0');
    return app(text === swapped ? request : { ...request, body: Buffer.from(swapped) }, signal);
  },
});
