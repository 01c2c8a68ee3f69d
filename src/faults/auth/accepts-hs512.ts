import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-hs512',
  title: 'Tokens signed by HS512 are accepted',
  story: 'The algorithm is not pinned.',
  breaks: ['auth/unsound-claims:hs512'],
  app: tamper(
    ({ algorithm }, { status }) => algorithm === 'HS512' && status === 401,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
