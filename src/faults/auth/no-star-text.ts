import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/no-star-text',
  title: 'The text * does not count as a scope',
  story: 'A stricter decoder only takes arrays.',
  breaks: ['auth/scope-encodings:star'],
  app: tamper(
    ({ claims }) => claims?.['scopes'] === '*',
    (answer) => transportError(answer, 403, 'scope_denied'),
  ),
});
