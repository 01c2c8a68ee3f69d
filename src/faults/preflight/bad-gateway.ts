import { defineFault, plainAnswer, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'preflight/bad-gateway',
  title: 'The web server answers 502',
  story: 'PHP-FPM is down behind a web server that still listens.',
  breaks: ['preflight/reachable:no-server-error'],
  app: tamper(
    () => true,
    () => plainAnswer(502, 'text/html', '<h1>Bad gateway</h1>'),
  ),
});
