import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'idempotency/no-conflict',
  title: 'Another payload under the same key is taken for the same',
  story: 'The hash was left out of the comparison.',
  breaks: ['idempotency/conflict:refused', 'idempotency/completed-replay:conflict', 'idempotency/key-order:refused'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 409,
    (answer) => ({ ...answer, status: 202, text: '{"status":"accepted","reused":true}' }),
  ),
});
