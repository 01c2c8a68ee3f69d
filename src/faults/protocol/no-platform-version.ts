import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/no-platform-version',
  title: 'initialize names no platform version',
  story: 'The package was copied instead of installed.',
  breaks: ['protocol/initialize:platform-version', 'manager/initialize:platform-version'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer) => withValue(answer, ['result', 'serverInfo', 'platformVersion'], ''),
  ),
});
