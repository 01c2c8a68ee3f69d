import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/worker-off',
  title: 'No worker runs',
  story: 'The scheduler (cron) of the CMS was not set up.',
  breaks: ['dispatch/lifecycle:terminal'],
  services: () => ({ worker: { run: async () => 0 } }),
});
