import { defineFault, isObject, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-as-object',
  title: 'Scopes count as the values of an object',
  story: 'The decoder hands an object where a list was meant.',
  breaks: ['auth/scope-encodings:object'],
  app: tamper(
    ({ claims, method }, { status }) => status === 403 && method === 'tools/list' && isObject(claims?.['scopes']),
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
