import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/unsigned-page',
  title: 'Every request shows a page that is not of the CMS',
  story: 'The host name leads to an empty site of the hoster.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() =>
    plainAnswer(404, 'text/html', '<!doctype html><title>Not found</title><h1>There is nothing here</h1>'),
  ),
});
