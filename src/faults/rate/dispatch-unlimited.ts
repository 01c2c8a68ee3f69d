import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/dispatch-unlimited',
  title: 'Dispatch is not limited',
  story: 'The rate middleware is missing on the dispatch route.',
  breaks: ['rate/dispatch-shares-bucket:limited'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 429,
    (answer) => ({ ...answer, status: 202, text: '{"status":"accepted","task_id":1,"reused":false}' }),
  ),
});
