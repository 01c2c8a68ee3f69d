import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/call-is-error',
  title: 'Tool calls end as errors',
  story: 'Arguments are refused although they are sound.',
  breaks: ['protocol/read-call:no-error', 'manager/read-call:no-error'],
  app: tamper(
    ({ method, dispatch }, { text }) => method === 'tools/call' && !dispatch && text.includes('structuredContent'),
    (answer) => withValue(answer, ['result', 'isError'], true),
  ),
});
