import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const BROKEN = {
  status: 200,
  headers: [],
  body: '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Broken"}}',
};

export default defineFault<ServerTweak>({
  id: 'dispatch/inner-error',
  title: 'The call inside a task fails',
  story: 'The worker runs with another PHP than the site.',
  breaks: ['dispatch/lifecycle:succeeded'],
  alsoBreaks: ['idempotency/completed-replay'],
  services: ({ worker }) => ({
    worker: { run: async (parts) => worker.run({ ...parts, call: async () => BROKEN }) },
  }),
});
