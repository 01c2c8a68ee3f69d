import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const PAGE = '<center><h1>503 Service Temporarily Unavailable</h1></center>\n<hr><center>nginx</center>\n';

export default defineFault<ServerTweak>({
  id: 'front/limiter',
  title: 'nginx limits before eMCP does',
  story: '`limit_req` counts all callers behind one address, and answers 503 as it does by default.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() => plainAnswer(503, 'text/html', PAGE, [['Server', 'nginx']])),
});
