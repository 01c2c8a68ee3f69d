import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopeless-locked-out',
  title: 'A token without scopes does not even reach the parser',
  story: 'A gateway refuses tokens without scopes.',
  breaks: ['auth/scopeless-token:parsed'],
  app: tamper(
    ({ claims, body }) =>
      Array.isArray(body) && claims !== undefined && claims !== null && claims['scopes'] === undefined,
    (answer) => transportError(answer, 403, 'scope_denied'),
  ),
});
