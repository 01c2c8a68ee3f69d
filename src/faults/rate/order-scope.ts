import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/order-scope',
  title: 'The limiter counts before the scope is looked at',
  story: 'The middleware of the route was put into another order.',
  breaks: ['rate/precedence:after-scope'],
  app: tamper(
    ({ claims }, { status }) => status === 403 && JSON.stringify(claims?.['sub'] ?? '').endsWith('-order"'),
    (answer) => transportError(answer, 429, 'rate_limited'),
  ),
});
