import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-tool-before-server',
  title: 'The handle is looked up before the tool policy',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:tool-before-server'],
  app: tamper(
    ({ path, dispatch, method }, { status }) =>
      status === 403 && !dispatch && method === 'tools/call' && path.includes('unknown-'),
    (answer) => transportError(answer, 404, 'server_not_found'),
  ),
});
