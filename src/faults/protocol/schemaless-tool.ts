import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/schemaless-tool',
  title: 'A listed tool has no input schema',
  story: 'A proxy drops what it does not know.',
  breaks: ['protocol/tools-list:well-formed', 'manager/tools-list:well-formed'],
  app: tamper(
    ({ method }, { text }) => method === 'tools/list' && text.includes('"tools"'),
    (answer) => withValue(answer, ['result', 'tools', 0, 'inputSchema'], undefined),
  ),
});
