import { defineFault, replaceHeader, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const stripped = replaceHeader('X-Accel-Buffering');
const signed = replaceHeader('Server', 'Apache/2.4.62 (Debian)');

export default defineFault<ServerTweak>({
  id: 'stream/buffering-allowed-by-apache',
  title: 'A stream does not forbid buffering, behind a server that has nothing to do with it',
  story: 'Apache passes every header on, but `Header unset` was copied from a hardening guide.',
  breaks: ['stream/headers:buffering'],
  world: streamingWorld(),
  app: tamperStream({ head: (headers) => signed(stripped(headers)) }),
});
