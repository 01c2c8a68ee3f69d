import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/notices',
  title: 'Every answer begins with notices of PHP',
  story: '`display_errors` is on, and a package calls what is deprecated.',
  breaks: ['preflight/reachable:no-server-error'],
  app: tamper(
    () => true,
    (answer) => ({ ...answer, text: `<br />\n<b>Deprecated</b>: old in a.php on line <b>3</b><br />\n${answer.text}` }),
  ),
});
