import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-get-naming-a-method',
  title: 'The HTTP method is looked at before the scope',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:get-naming-a-method'],
  app: tamper(
    ({ verb, method }, { status }) => verb === 'GET' && method !== undefined && status === 403,
    (answer) => transportError(answer, 405, 'method_not_allowed'),
  ),
});
