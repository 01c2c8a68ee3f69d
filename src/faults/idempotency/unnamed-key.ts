import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/unnamed-key',
  title: 'The answer does not name the key',
  story: 'A header with a space in front is lost on the way.',
  breaks: ['idempotency/first-accepted:key', 'idempotency/key-sources:header-wins', 'idempotency/key-sources:body-key'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 202,
    (answer) => withValue(answer, ['idempotency_key'], null),
  ),
});
