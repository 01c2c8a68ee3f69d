import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-any-case',
  title: 'Scopes count in any case',
  story: 'The comparison was made case-insensitive.',
  breaks: ['auth/scope-encodings:upper-case'],
  app: tamper(
    ({ claims, method }, { status }) =>
      status === 403 && method === 'tools/list' && JSON.stringify(claims?.['scopes']) === '["MCP:READ"]',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
