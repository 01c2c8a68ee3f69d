import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'interop/commands-missing',
  title: 'Artisan does not know the commands of eMCP',
  story: 'The package is not discovered on the command line.',
  breaks: ['interop/sync-workers:synced', 'registry/list-servers:listed', 'registry/smoke:passed'],
  console: (artisan) => async (argv) => {
    const [name = ''] = argv;
    if (!name.startsWith('emcp:')) return artisan(argv);
    return { exit: 1, stdout: '', stderr: `\n  Command "${name}" is not defined.\n\n` };
  },
});
