import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/no-single-scope',
  title: 'A list of one scope does not count',
  story: 'A one-element list is unwrapped and then not recognised.',
  breaks: ['auth/scope-encodings:array', 'auth/scope-matrix:read'],
  app: tamper(
    ({ claims }) => JSON.stringify(claims?.['scopes']) === '["mcp:read"]',
    (answer) => transportError(answer, 403, 'scope_denied'),
  ),
});
