import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-oauth-claim',
  title: 'The claim `scope` counts',
  story: 'A gateway was meant to translate the claim and both are read now.',
  breaks: ['auth/scope-encodings:oauth-claim'],
  app: tamper(
    ({ claims, method }, { status }) => status === 403 && method === 'tools/list' && claims?.['scope'] !== undefined,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
