import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/caller-needs-dispatch',
  title: 'Calling asks for the permission to dispatch',
  story: 'The wrong permission was put on the route group.',
  breaks: ['policy/dispatch-permission:transport'],
  alsoBreaks: ['manager/tools-list'],
  app: tamper(
    ({ route, dispatch, method, header }, { status }) =>
      route === 'manager' && !dispatch && method === 'tools/list' && status === 200 && header('cookie') !== undefined,
    (answer) => transportError(answer, 403, 'forbidden'),
  ),
});
