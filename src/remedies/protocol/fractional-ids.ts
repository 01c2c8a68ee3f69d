import { at, defineRemedy, rpcResult, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'protocol/fractional-ids',
  title: 'Fractional ids are answered',
  story: 'A later runtime takes any JSON number as an id.',
  mends: ['protocol/fractional-id:answered'],
  app: tamper(
    ({ body }, { status }) => status === 500 && at(body, 'id') === 1.5,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
