import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/password',
  title: 'The web server wants a password of its own',
  story: 'A staging host is closed by Basic authentication.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() =>
    plainAnswer(401, 'text/html', '<center><h1>401 Authorization Required</h1></center><hr><center>nginx</center>', [
      ['WWW-Authenticate', 'Basic realm="staging"'],
      ['Server', 'nginx'],
    ]),
  ),
});
