import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/other-platform',
  title: 'initialize names another platform',
  story: 'A different MCP server answers at this path.',
  breaks: ['protocol/initialize:platform', 'manager/initialize:platform'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer) => withValue(answer, ['result', 'serverInfo', 'platform'], 'Other'),
  ),
});
