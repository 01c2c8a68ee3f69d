import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/known-before',
  title: 'A new key is taken for a used one',
  story: 'The cache is shared with another installation.',
  breaks: ['idempotency/first-accepted:accepted'],
  alsoBreaks: ['auth/refused-not-run'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 202,
    (answer) => withValue(answer, ['reused'], true),
  ),
});
