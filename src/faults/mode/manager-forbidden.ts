import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/manager-forbidden',
  title: 'The manager route refuses every session',
  story: 'The permission `emcp` was never granted to a role.',
  breaks: ['mode/manager-route:open'],
  alsoBreaks: ['policy/dispatch-permission'],
  app: tamper(
    ({ route, header }) => route === 'manager' && header('cookie') !== undefined,
    (answer) => transportError(answer, 403, 'forbidden'),
  ),
});
