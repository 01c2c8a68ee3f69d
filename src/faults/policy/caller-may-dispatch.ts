import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/caller-may-dispatch',
  title: 'Every manager who may call may dispatch',
  story: 'The permission `emcp_dispatch` is not asked for.',
  breaks: ['policy/dispatch-permission:dispatch'],
  alsoBreaks: ['policy/manager-permission'],
  app: tamper(
    ({ route, dispatch }, { status }) => route === 'manager' && dispatch && status === 403,
    (answer) => ({ ...answer, status: 202, text: '{"status":"accepted","task_id":1,"reused":false}' }),
  ),
});
