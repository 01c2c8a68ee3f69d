import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/instructions-for-all',
  title: 'Old revisions get instructions, too',
  story: "A server class of one's own ignores the revision.",
  breaks: ['protocol/revisions:instructions'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"protocolVersion":"2024-11-05"'),
    (answer) => withValue(answer, ['result', 'instructions'], 'Ask.'),
  ),
});
