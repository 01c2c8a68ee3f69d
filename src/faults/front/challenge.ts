import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/challenge',
  title: 'Every request gets a challenge for browsers',
  story: 'Bot protection was switched on for the whole host.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(() =>
    plainAnswer(403, 'text/html; charset=UTF-8', '<html><head><title>Just a moment...</title></head></html>', [
      ['Server', 'cloudflare'],
      ['cf-mitigated', 'challenge'],
    ]),
  ),
});
