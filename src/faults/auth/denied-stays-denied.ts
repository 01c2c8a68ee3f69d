import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/denied-stays-denied',
  title: 'One scope refusal spoils the next request',
  story: 'A middleware keeps its state between requests of a worker.',
  breaks: ['auth/scope-encodings:control'],
  alsoBreaks: ['auth/scope-matrix'],
  app: (app) => {
    let denied = 0;
    return tamper(
      ({ route }, { status }) => {
        denied += route === 'api' && status === 403 ? 1 : 0;
        return denied >= 6 && status === 200;
      },
      (answer) => transportError(answer, 403, 'scope_denied'),
    )(app);
  },
});
