import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/cut',
  title: 'Every answer ends in the middle',
  story: 'A proxy closes its buffer too early, and counts the bytes anew.',
  breaks: ['preflight/reachable:no-server-error'],
  app: tamper(
    () => true,
    (answer) => ({ ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) }),
  ),
});
