import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-garbage',
  title: 'A bearer that is no token is accepted',
  story: 'A development bypass was deployed.',
  breaks: ['auth/unsound-tokens:garbage'],
  app: tamper(
    ({ claims }, { status }) => claims === null && status === 401,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
