import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/no-charset',
  title: 'A media type with a charset is refused',
  story: 'Somebody compares the whole header.',
  breaks: ['transport/media-type:json'],
  app: tamper(
    ({ header }) => (header('content-type') ?? '').includes('charset'),
    (answer) => transportError(answer, 415, 'unsupported_media_type'),
  ),
});
