import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/byte-order-mark',
  title: 'Every answer begins with a byte order mark',
  story: 'A settings file was saved by an editor that writes one.',
  breaks: ['preflight/reachable:no-server-error'],
  app: tamper(
    () => true,
    (answer) => ({ ...answer, text: `\uFEFF${answer.text}` }),
  ),
});
