import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/failover-inline',
  title: 'Dispatches are run inline',
  story: '`queue.driver` was changed, and the failover is `sync`.',
  breaks: [
    'dispatch/accepted:outcome',
    'dispatch/lifecycle:accepted',
    'worker/registered:registered',
    'worker/repaired:registered',
    'interop/sync-workers:synced',
  ],
  settings: { 'cms.settings.eMCP.queue.driver': 'sync' },
});
