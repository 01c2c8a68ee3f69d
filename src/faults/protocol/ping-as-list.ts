import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/ping-as-list',
  title: 'ping answers with an empty list',
  story: 'The answer went through PHP arrays, where empty is empty.',
  breaks: ['protocol/ping:empty-result'],
  app: tamper(
    ({ method }, { status }) => method === 'ping' && status === 200,
    (answer) => withValue(answer, ['result'], []),
  ),
});
