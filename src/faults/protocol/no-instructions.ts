import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/no-instructions',
  title: 'initialize gives no instructions',
  story: "A server class of one's own forgot them.",
  breaks: ['protocol/initialize:instructions', 'manager/initialize:instructions'],
  alsoBreaks: ['protocol/revisions'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer) => withValue(answer, ['result', 'instructions'], undefined),
  ),
});
