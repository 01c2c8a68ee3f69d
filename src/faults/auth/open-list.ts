import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/open-list',
  title: 'tools/list works without a token',
  story: 'A cache in front of the API serves a stored answer to everybody.',
  breaks: ['auth/missing-token:tools-list'],
  alsoBreaks: ['trace/trace-id', 'transport/precedence'],
  app: tamper(
    ({ route, method, header }) => route === 'api' && method === 'tools/list' && header('authorization') === undefined,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
