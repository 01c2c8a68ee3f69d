import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/refused-is-run',
  title: 'A denied dispatch leaves its key behind',
  story: 'The scope is checked after the task was made.',
  breaks: ['auth/refused-not-run:key-is-new'],
  alsoBreaks: ['idempotency/first-accepted'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 202,
    (answer) => withValue(answer, ['reused'], true),
  ),
});
