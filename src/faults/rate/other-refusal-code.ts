import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/other-refusal-code',
  title: 'The limiter refuses under another code',
  story: 'A release renamed the code, and clients no longer know why they are refused.',
  breaks: [
    'rate/threshold:refused',
    'rate/global-threshold:refused',
    'rate/dispatch-shares-bucket:limited',
    'rate/precedence:before-media-type',
    'rate/precedence:before-size',
  ],
  app: tamper(
    (_question, { status }) => status === 429,
    (answer) => withValue(answer, ['error', 'code'], 'too_many_requests'),
  ),
});
