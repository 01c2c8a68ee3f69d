import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/redirect',
  title: 'Every request is redirected to https',
  story: 'The base URL was given with http, and the site redirects all of it.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(({ path }) =>
    plainAnswer(301, 'text/html', '<h1>301 Moved Permanently</h1>', [
      ['Location', `https://cms.example.org${path}?utm=hush`],
      ['Server', 'nginx'],
    ]),
  ),
});
