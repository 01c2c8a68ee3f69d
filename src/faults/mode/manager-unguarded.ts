import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/manager-unguarded',
  title: 'The manager route answers anybody',
  story: 'The manager middleware was taken off the route group.',
  breaks: ['mode/manager-guard:no-json-rpc'],
  app: tamper(
    ({ route, header }) => route === 'manager' && header('cookie') === undefined,
    (answer, question) => rpcResult(answer, question, {}),
  ),
});
