import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/other-toolset',
  title: 'initialize names another toolset version',
  story: 'A newer toolset was deployed without the runbook.',
  breaks: ['protocol/initialize:toolset-version', 'manager/initialize:toolset-version'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer) => withValue(answer, ['result', 'capabilities', 'evo', 'toolsetVersion'], '2.0'),
  ),
});
