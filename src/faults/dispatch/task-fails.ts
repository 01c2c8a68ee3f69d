import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/task-fails',
  title: 'Every task fails',
  story: 'The worker runs under a user that may not read the site.',
  breaks: ['dispatch/lifecycle:terminal'],
  services: ({ worker }) => ({
    worker: {
      run: async (parts) => worker.run({ ...parts, call: () => Promise.reject(new Error('Permission denied')) }),
    },
  }),
});
