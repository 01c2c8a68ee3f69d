import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/firewall',
  title: 'A firewall blocks every request with HTTP 200',
  story: 'A rule takes JSON-RPC for an attack, and the page that says so comes with the status of a success.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() =>
    plainAnswer(200, 'text/html', '<html><title>Request Rejected</title>The requested URL was rejected.</html>'),
  ),
});
