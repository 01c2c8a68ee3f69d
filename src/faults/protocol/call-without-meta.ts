import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/call-without-meta',
  title: 'Tool calls do not say their toolset version',
  story: 'The tool answers in the shape of another toolset.',
  breaks: ['protocol/read-call:meta', 'manager/read-call:meta'],
  app: tamper(
    ({ method, dispatch }, { text }) => method === 'tools/call' && !dispatch && text.includes('structuredContent'),
    (answer) => withValue(answer, ['result', 'structuredContent', 'meta'], {}),
  ),
});
