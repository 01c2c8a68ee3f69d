import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/counter-offer',
  title: 'An unsupported revision is answered with a supported one',
  story: 'A newer laravel/mcp follows the specification instead.',
  breaks: ['protocol/unsupported-version:refused'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('-32602'),
    (answer, question) => rpcResult(answer, question, { protocolVersion: '2025-11-25' }),
  ),
});
