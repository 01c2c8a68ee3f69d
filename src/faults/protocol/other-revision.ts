import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/other-revision',
  title: 'initialize answers in an older revision',
  story: 'laravel/mcp was downgraded.',
  breaks: ['protocol/initialize:protocol-version', 'manager/initialize:protocol-version'],
  alsoBreaks: ['protocol/revisions'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer) => withValue(answer, ['result', 'protocolVersion'], '2024-11-05'),
  ),
});
