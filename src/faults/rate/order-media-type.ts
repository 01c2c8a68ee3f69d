import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/order-media-type',
  title: 'The media type is looked at before the limiter',
  story: 'The middleware of the route was put into another order.',
  breaks: ['rate/precedence:before-media-type'],
  app: tamper(
    ({ header }, { status }) => status === 429 && header('content-type') === 'text/plain',
    (answer) => transportError(answer, 415, 'unsupported_media_type'),
  ),
});
