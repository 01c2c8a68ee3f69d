import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'interop/sync-fails',
  title: 'The sync command cannot write',
  story: 'The user of the command line may only read the database.',
  breaks: ['interop/sync-workers:synced'],
  console: (artisan) => async (argv) =>
    argv[0] === 'emcp:sync-workers'
      ? { exit: 1, stdout: 'Failed to sync emcp_dispatch worker: denied\n', stderr: '' }
      : artisan(argv),
});
