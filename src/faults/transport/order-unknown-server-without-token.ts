import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-unknown-server-without-token',
  title: 'An unknown handle is told to strangers',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:unknown-server-without-token'],
  app: tamper(
    ({ path, header }) => path.includes('unknown-') && header('authorization') === undefined,
    (answer) => transportError(answer, 404, 'server_not_found'),
  ),
});
