import { answerInFront, defineFault, htmlPage } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/cms-failure',
  title: 'Every request shows the error page of the CMS',
  story: 'The database of the CMS is down, so that it fails before a route is reached.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() => htmlPage(500)),
});
