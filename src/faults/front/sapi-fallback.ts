import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/sapi-fallback',
  title: 'sApi answers on the API path',
  story: 'The base path of sApi was changed, so that its own fallback is what lies there.',
  breaks: ['mode/api-route:open'],
  app: answerInFront(
    () => plainAnswer(404, 'application/json', '{"success":false,"message":"Not found.","object":{},"code":404}'),
    'api',
  ),
});
