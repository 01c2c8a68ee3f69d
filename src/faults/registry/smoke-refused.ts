import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'registry/smoke-refused',
  title: 'The smoke test is refused',
  story: 'A policy of the site refuses what comes without a user.',
  breaks: ['registry/smoke:passed'],
  console: (artisan) => async (argv) =>
    argv[0] === 'emcp:test'
      ? { exit: 1, stdout: 'Running eMCP Gate A smoke checks...\ninitialize failed with HTTP 403\n', stderr: '' }
      : artisan(argv),
});
