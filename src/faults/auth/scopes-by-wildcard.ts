import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-by-wildcard',
  title: 'The scope mcp:* grants everything',
  story: 'Somebody expected a wildcard and added one.',
  breaks: ['auth/scope-encodings:wildcard'],
  app: tamper(
    ({ claims, method }, { status }) =>
      status === 403 && method === 'tools/list' && JSON.stringify(claims?.['scopes']) === '["mcp:*"]',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
