import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-hs384',
  title: 'Tokens signed by HS384 are accepted',
  story: 'The algorithm is not pinned.',
  breaks: ['auth/unsound-claims:hs384'],
  app: tamper(
    ({ algorithm }, { status }) => algorithm === 'HS384' && status === 401,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
