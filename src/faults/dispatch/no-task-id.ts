import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/no-task-id',
  title: 'An accepted dispatch names no task',
  story: 'A gateway drops numbers it takes for internal ids.',
  breaks: ['dispatch/accepted:task-id'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 202,
    (answer) => withValue(answer, ['task_id'], undefined),
  ),
});
