import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/one-revision',
  title: 'Every revision is answered with the newest',
  story: 'A proxy rewrites what clients ask for.',
  breaks: ['protocol/revisions:echoed'],
  app: tamper(
    ({ method }, { status, text }) =>
      method === 'initialize' && status === 200 && text.includes('2024-11-05') && !text.includes('error'),
    (answer) => withValue(answer, ['result', 'protocolVersion'], '2025-11-25'),
  ),
});
