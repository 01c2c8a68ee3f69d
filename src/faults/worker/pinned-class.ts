import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'worker/pinned-class',
  title: 'The worker keeps another class',
  story: 'A trigger that somebody wrote keeps the class of a fork.',
  breaks: [
    'worker/registered:class',
    'worker/repaired:class',
    'worker/repaired:scope',
    'interop/sync-workers:class',
    'interop/sync-workers:scope',
  ],
  alsoBreaks: ['dispatch/lifecycle'],
  store: ({ database, prefix }) => {
    database.exec(`
      create trigger if not exists pinned after update on "${prefix}s_workers" begin
        update "${prefix}s_workers" set class = 'Fork\\\\Worker', scope = 'fork' where id = new.id;
      end;
      update "${prefix}s_workers" set class = 'Fork\\\\Worker', scope = 'fork'`);
  },
});
