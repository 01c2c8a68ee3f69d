import { defineFault, rpcError, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/initialize-fails',
  title: 'initialize fails inside the runtime',
  story: 'A package update broke the handler.',
  breaks: ['protocol/initialize:answered', 'manager/initialize:answered'],
  alsoBreaks: ['login/obtain-token', 'protocol/revisions', 'protocol/unsupported-version'],
  app: tamper(
    ({ method }, { text }) => method === 'initialize' && text.includes('"result"'),
    (answer, question) => rpcError(answer, question, { code: -32603, message: 'failed' }),
  ),
});
