import { defineFault, rpcError, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/call-fails',
  title: 'Tool calls fail inside the runtime',
  story: 'A CMS update renamed a column.',
  breaks: ['protocol/read-call:answered', 'manager/read-call:answered'],
  alsoBreaks: ['login/obtain-token'],
  app: tamper(
    ({ method, dispatch }, { text }) => method === 'tools/call' && !dispatch && text.includes('structuredContent'),
    (answer, question) => rpcError(answer, question, { code: -32603, message: 'failed' }),
  ),
});
