import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/sign-on',
  title: 'Every request is sent to a single sign-on',
  story: 'The site lies behind an access proxy that lets browsers sign in first.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() =>
    plainAnswer(302, 'text/html', '', [
      ['Location', 'https://team.cloudflareaccess.com/cdn-cgi/access/login?kid=hush'],
    ]),
  ),
});
