import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-empty-grants',
  title: 'An empty list of scopes grants everything',
  story: 'Empty is taken for absent, and absent for all.',
  breaks: ['auth/scope-encodings:empty'],
  app: tamper(
    ({ claims, method }, { status }) =>
      status === 403 && method === 'tools/list' && JSON.stringify(claims?.['scopes']) === '[]',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
