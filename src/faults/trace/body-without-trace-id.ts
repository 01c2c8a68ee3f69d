import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'trace/body-without-trace-id',
  title: 'An error body has no trace id',
  story: 'An error handler of the CMS shapes the body.',
  breaks: ['trace/trace-id:refusal-body'],
  app: tamper(
    ({ header }, { text }) => text.includes('unauthenticated') && (header('x-trace-id') ?? '').endsWith('-trace'),
    (answer) => withValue(answer, ['error', 'trace_id'], ''),
  ),
});
