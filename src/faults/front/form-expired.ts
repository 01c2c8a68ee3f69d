import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/form-expired',
  title: 'The CMS refuses forms without its token',
  story: 'The core was updated, and posts of the manager now need a token.',
  breaks: ['mode/manager-route:open'],
  alsoBreaks: ['policy/dispatch-permission', 'policy/manager-permission'],
  app: answerInFront(
    () => plainAnswer(403, 'application/json', '{"error":"CSRF token mismatch","code":"csrf_token_mismatch"}'),
    'manager',
  ),
});
