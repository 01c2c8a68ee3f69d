import { defineFault, tamper, withHeader } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/compressed',
  title: 'Every answer is declared as compressed, and is not',
  story: 'Two proxies decompress, and one of them keeps the header.',
  breaks: ['preflight/reachable:no-server-error'],
  app: tamper(
    () => true,
    (answer) => withHeader(answer, 'Content-Encoding', 'gzip'),
  ),
});
