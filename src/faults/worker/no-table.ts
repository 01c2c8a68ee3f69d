import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'worker/no-table',
  title: 'The table of the workers is missing',
  story: 'The migrations of sTask were run in part.',
  breaks: [
    'worker/registered:registered',
    'worker/repaired:registered',
    'interop/sync-workers:registered',
    'interop/sync-workers:synced',
  ],
  alsoBreaks: ['dispatch/lifecycle'],
  store: ({ database, prefix }) => database.exec(`drop table "${prefix}s_workers"`),
});
