import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-alg-none',
  title: 'Unsigned tokens are accepted',
  story: 'The JWT library takes the algorithm from the token.',
  breaks: ['auth/unsound-tokens:alg-none'],
  app: tamper(
    ({ algorithm }, { status }) => algorithm === 'none' && status === 401,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
