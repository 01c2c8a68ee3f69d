import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/failover-refuses',
  title: 'Dispatches are refused',
  story: '`queue.driver` was changed, and the failover is `fail`.',
  breaks: [
    'dispatch/accepted:outcome',
    'dispatch/lifecycle:accepted',
    'worker/registered:registered',
    'worker/repaired:registered',
    'interop/sync-workers:synced',
  ],
  alsoBreaks: ['auth/refused-not-run', 'rate/dispatch-shares-bucket'],
  settings: { 'cms.settings.eMCP.queue.driver': 'sync', 'cms.settings.eMCP.queue.failover': 'fail' },
});
