import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-media-type-before-size',
  title: 'The size is looked at before the media type',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:media-type-before-size'],
  app: tamper(
    ({ header }, { status }) => status === 415 && Number(header('content-length') ?? 0) > 100_000,
    (answer) => transportError(answer, 413, 'payload_too_large'),
  ),
});
