import { defineFault, tamper, withHeader } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'trace/own-trace-id',
  title: 'A trace id that was sent is replaced',
  story: 'A proxy sets its own trace id.',
  breaks: [
    'trace/trace-id:success',
    'trace/trace-id:refusal-header',
    'dispatch/accepted:trace',
    'interop/trace-to-task:reply',
  ],
  app: tamper(
    ({ header }) => (header('x-trace-id') ?? '').endsWith('-trace'),
    (answer) => withHeader(answer, 'X-Trace-Id', 'made-by-the-proxy'),
  ),
});
