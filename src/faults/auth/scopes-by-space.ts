import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-by-space',
  title: 'Scopes in a space-separated text count',
  story: 'The issuer writes scopes as OAuth does, and a patch made them count.',
  breaks: ['auth/scope-encodings:space-list'],
  app: tamper(
    ({ claims, method }, { status }) =>
      status === 403 && method === 'tools/list' && claims?.['scopes'] === 'mcp:read mcp:call',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
