import { defineFault, tamper, withHeader } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/no-session-id',
  title: 'initialize gives no session id',
  story: 'A proxy strips headers it does not know.',
  breaks: ['protocol/initialize:session-id', 'manager/initialize:session-id'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer) => withHeader(answer, 'MCP-Session-Id', undefined),
  ),
});
