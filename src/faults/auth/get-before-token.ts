import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/get-before-token',
  title: 'GET is answered before the token is looked at',
  story: 'A proxy rule refuses GET on its own.',
  breaks: ['auth/missing-token:get'],
  app: tamper(
    ({ verb, header }) => verb === 'GET' && header('authorization') === undefined,
    (answer) => transportError(answer, 405, 'method_not_allowed'),
  ),
});
