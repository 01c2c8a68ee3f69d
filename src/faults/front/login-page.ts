import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/login-page',
  title: 'The manager signs people in on the API path',
  story: 'A rewrite rule sends the API path to the front controller of the manager.',
  breaks: ['mode/api-route:open'],
  app: answerInFront(
    () =>
      plainAnswer(
        200,
        'text/html; charset=utf-8',
        '<form method="post" name="loginfrm"><input name="password"></form>',
      ),
    'api',
  ),
});
