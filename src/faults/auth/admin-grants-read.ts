import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/admin-grants-read',
  title: 'mcp:admin may list tools',
  story: 'Somebody made the scopes a hierarchy.',
  breaks: ['auth/scope-matrix:admin'],
  app: tamper(
    ({ claims, method, dispatch }) =>
      !dispatch && method === 'tools/list' && JSON.stringify(claims?.['scopes']) === '["mcp:admin"]',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
