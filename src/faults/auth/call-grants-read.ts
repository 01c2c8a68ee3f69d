import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/call-grants-read',
  title: 'mcp:call may list tools',
  story: 'The map was merged with an older one.',
  breaks: ['auth/scope-matrix:call'],
  app: tamper(
    ({ claims, method, dispatch }) =>
      !dispatch && method === 'tools/list' && JSON.stringify(claims?.['scopes']) === '["mcp:call"]',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
