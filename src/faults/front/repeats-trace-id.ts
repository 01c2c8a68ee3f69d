import { answerInFront, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/repeats-trace-id',
  title: 'A gateway refuses, and repeats the trace id',
  story: 'The gateway of the company traces every request, and lets nobody pass without a key of its own.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(({ header }) =>
    plainAnswer(401, 'application/json', '{"error":{"code":"unauthenticated","message":"No API key"}}', [
      ['X-Trace-Id', header('x-trace-id') ?? ''],
    ]),
  ),
});
