import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/read-grants-call',
  title: 'mcp:read may call tools',
  story: 'One table of the specification says so, and somebody followed it.',
  breaks: ['auth/scope-matrix:read'],
  alsoBreaks: ['transport/precedence'],
  app: tamper(
    ({ claims, method, dispatch }) =>
      !dispatch && method === 'tools/call' && JSON.stringify(claims?.['scopes']) === '["mcp:read"]',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
