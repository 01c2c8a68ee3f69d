import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const PAGE = '<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx/1.24.0</center>\n';

export default defineFault<ServerTweak>({
  id: 'front/bad-gateway',
  title: 'nginx answers 502',
  story: 'PHP-FPM is down behind a web server that still listens.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() => plainAnswer(502, 'text/html', PAGE, [['Server', 'nginx/1.24.0']])),
});
