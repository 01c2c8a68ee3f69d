import { defineFault, tamper, withHeader, type Answer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/cache',
  title: 'A cache answers with an earlier answer',
  story: 'A rule of the CDN stores every answer under `/api`, whatever eMCP says of storing.',
  breaks: ['preflight/reachable:no-server-error'],
  app: (app) => {
    let stored: Answer | undefined;
    return tamper(
      () => true,
      (answer) => withHeader((stored ??= answer), 'Age', '31'),
    )(app);
  },
});
