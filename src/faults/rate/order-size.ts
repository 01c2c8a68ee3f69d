import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/order-size',
  title: 'The size is looked at before the limiter',
  story: 'The middleware of the route was put into another order.',
  breaks: ['rate/precedence:before-size'],
  app: tamper(
    ({ header }, { status }) => status === 429 && Number(header('content-length') ?? 0) > 100_000,
    (answer) => transportError(answer, 413, 'payload_too_large'),
  ),
});
