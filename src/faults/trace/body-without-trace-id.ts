import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'trace/body-without-trace-id',
  title: 'An error body has no trace id',
  story: 'An error handler of the CMS shapes the body.',
  breaks: ['trace/trace-id:refusal-body'],
  alsoBreaks: ['mode/api-route'],
  app: tamper(
    (_question, { text }) => text.includes('unauthenticated'),
    (answer) => withValue(answer, ['error', 'trace_id'], ''),
  ),
});
