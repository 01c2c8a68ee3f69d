import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'worker/pinned-inactive',
  title: 'The worker does not stay active',
  story: 'A trigger that somebody wrote keeps the worker off.',
  breaks: ['worker/registered:active', 'worker/repaired:active', 'interop/sync-workers:active'],
  alsoBreaks: ['dispatch/lifecycle'],
  store: ({ database, prefix }) => {
    database.exec(`
      create trigger if not exists pinned after update on "${prefix}s_workers" begin
        update "${prefix}s_workers" set active = 0 where id = new.id;
      end;
      update "${prefix}s_workers" set active = 0`);
  },
});
