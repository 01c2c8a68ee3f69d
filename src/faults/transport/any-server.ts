import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/any-server',
  title: 'Every handle is answered',
  story: 'A route parameter is ignored.',
  breaks: ['transport/unknown-server:transport'],
  app: tamper(
    ({ path, dispatch }, { status }) => status === 404 && !dispatch && path.includes('unknown-'),
    (answer, question) => rpcResult(answer, question, {}),
  ),
});
