import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/no-tables',
  title: 'The tables of sTask are missing',
  story: 'The migrations of sTask were never run.',
  breaks: [
    'dispatch/accepted:outcome',
    'dispatch/lifecycle:accepted',
    'worker/registered:registered',
    'worker/repaired:registered',
    'interop/sync-workers:synced',
  ],
  store: ({ database, prefix }) => database.exec(`drop table "${prefix}s_workers"; drop table "${prefix}s_tasks"`),
});
