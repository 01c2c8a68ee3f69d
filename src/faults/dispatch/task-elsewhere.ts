import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/task-elsewhere',
  title: 'The task is in another database',
  story: 'Dispatch writes to a database the site was moved away from.',
  breaks: ['dispatch/accepted:row'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 202,
    (answer) => withValue(answer, ['task_id'], 4711),
  ),
});
