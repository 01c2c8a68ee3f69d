import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'worker/missing-at-start',
  title: 'The worker is not registered before the first request',
  story: 'The tables were restored from an export that left this one empty.',
  breaks: ['worker/registered:registered'],
  store: ({ database, prefix }) => database.exec(`delete from "${prefix}s_workers"`),
});
