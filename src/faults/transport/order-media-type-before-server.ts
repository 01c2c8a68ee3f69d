import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-media-type-before-server',
  title: 'The handle is looked up before the media type',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:media-type-before-server'],
  app: tamper(
    ({ path }, { status }) => status === 415 && path.includes('unknown-'),
    (answer) => transportError(answer, 404, 'server_not_found'),
  ),
});
