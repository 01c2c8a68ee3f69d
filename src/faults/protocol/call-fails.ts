import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/call-fails',
  title: 'Tool calls fail inside the runtime',
  story: 'A CMS update renamed a column.',
  breaks: ['protocol/read-call:answered', 'manager/read-call:answered'],
  alsoBreaks: ['login/obtain-token'],
  app: tamper(
    ({ method, dispatch }, { text }) => method === 'tools/call' && !dispatch && text.includes('structuredContent'),
    (answer) => ({ ...answer, text: '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"failed"}}' }),
  ),
});
