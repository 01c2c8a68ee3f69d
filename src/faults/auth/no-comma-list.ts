import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/no-comma-list',
  title: 'A comma-separated list of scopes does not count',
  story: 'A stricter decoder only takes arrays.',
  breaks: ['auth/scope-encodings:comma-list', 'auth/scope-encodings:padded-list'],
  app: tamper(
    ({ claims }) => typeof claims?.['scopes'] === 'string' && claims['scopes'].includes(','),
    (answer) => transportError(answer, 403, 'scope_denied'),
  ),
});
