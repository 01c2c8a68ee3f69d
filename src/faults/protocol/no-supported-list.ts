import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/no-supported-list',
  title: 'An unsupported revision is refused without saying what is supported',
  story: 'A proxy trims error data.',
  breaks: ['protocol/unsupported-version:supported'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('-32602'),
    (answer) => withValue(answer, ['error', 'data', 'supported'], undefined),
  ),
});
