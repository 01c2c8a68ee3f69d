import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'worker/drifted-at-start',
  title: 'The worker is of another class before the first request',
  story: 'The row was written by an earlier release of the package.',
  breaks: ['worker/registered:class', 'worker/registered:scope'],
  store: ({ database, prefix }) =>
    database.exec(`update "${prefix}s_workers" set class = 'EvolutionCMS\\\\eMCP\\\\Worker', scope = 'mcp'`),
});
