import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const GENERIC = '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Something failed"}}';

export default defineRemedy<ServerTweak>({
  id: 'dispatch/sanitised-errors',
  title: 'Errors of the worker say nothing internal',
  story: 'A runtime that gives the worker’s clients the sentence others get.',
  mends: ['dispatch/leak:sanitised'],
  services: ({ worker }) => ({
    worker: {
      run: async (parts) =>
        worker.run({
          ...parts,
          async call(meta, body) {
            const response = await parts.call(meta, body);
            const failed = typeof response.body === 'string' && response.body.includes('"error"');
            return failed ? { ...response, body: GENERIC } : response;
          },
        }),
    },
  }),
});
