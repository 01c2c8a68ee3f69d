import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/star-denied-ping',
  title: '* may not ping',
  story: 'The wildcard is looked up in the map like a name.',
  breaks: ['auth/scope-matrix:star'],
  app: tamper(
    ({ claims, method, dispatch }) => !dispatch && method === 'ping' && JSON.stringify(claims?.['scopes']) === '["*"]',
    (answer) => transportError(answer, 403, 'scope_denied'),
  ),
});
