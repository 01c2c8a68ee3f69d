import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/call-other-text',
  title: 'The text of a tool call is not its structured content',
  story: 'A filter shortens texts on their way out.',
  breaks: ['protocol/read-call:text-mirror', 'manager/read-call:text-mirror'],
  app: tamper(
    ({ method, dispatch }, { text }) => method === 'tools/call' && !dispatch && text.includes('structuredContent'),
    (answer) => withValue(answer, ['result', 'content', 0, 'text'], '{}'),
  ),
});
