import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'registry/other-handles',
  title: 'The command line sees other servers',
  story: 'Artisan runs in the directory of another release.',
  breaks: ['registry/list-servers:handles'],
  console: (artisan) => async (argv) => {
    const outcome = await artisan(argv);
    return { ...outcome, stdout: outcome.stdout.replace('| content ', '| old     ') };
  },
});
