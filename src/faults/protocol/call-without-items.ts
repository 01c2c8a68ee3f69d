import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/call-without-items',
  title: 'Tool calls give no items',
  story: 'The tool answers in the shape of another toolset.',
  breaks: ['protocol/read-call:items', 'manager/read-call:items'],
  app: tamper(
    ({ method, dispatch }, { text }) => method === 'tools/call' && !dispatch && text.includes('structuredContent'),
    (answer) => withValue(answer, ['result', 'structuredContent', 'items'], null),
  ),
});
