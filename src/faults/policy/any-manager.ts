import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/any-manager',
  title: 'Every manager may call',
  story: 'The permission middleware was taken off the route group.',
  breaks: ['policy/manager-permission:transport', 'policy/manager-permission:dispatch'],
  alsoBreaks: ['policy/dispatch-permission'],
  app: tamper(
    ({ route }, { status }) => route === 'manager' && status === 403,
    (answer, question) => rpcResult(answer, question, {}),
  ),
});
