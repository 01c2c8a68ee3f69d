import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/unfinished-row',
  title: 'A finished task has no end',
  story: 'A later release of sTask writes other columns.',
  breaks: ['dispatch/lifecycle:row'],
  store: ({ database, prefix }) => {
    database.exec(`
      create trigger if not exists unfinished after update of status on "${prefix}s_tasks" when new.status = 80 begin
        update "${prefix}s_tasks" set finished_at = null where id = new.id;
      end`);
  },
});
