import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'worker/inactive-at-start',
  title: 'The worker is inactive before the first request',
  story: 'Somebody switched it off in the manager, not knowing that the next request switches it on.',
  breaks: ['worker/registered:active'],
  store: ({ database, prefix }) => database.exec(`update "${prefix}s_workers" set active = 0`),
});
