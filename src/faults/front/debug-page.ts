import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/debug-page',
  title: 'Every request shows a debug page',
  story: 'The application fails at boot, and `app.debug` is on.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() =>
    plainAnswer(
      500,
      'text/html; charset=UTF-8',
      '<html><head><title>Whoops! There was an error.</title></head><body><div class="Whoops container"></div></body></html>',
    ),
  ),
});
