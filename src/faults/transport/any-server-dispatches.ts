import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/any-server-dispatches',
  title: 'Dispatch takes every handle',
  story: 'The registry is not asked on the dispatch route.',
  breaks: ['transport/unknown-server:dispatch', 'transport/precedence:server-before-tool-on-dispatch'],
  app: tamper(
    ({ path, dispatch }, { status }) => status === 404 && dispatch && path.includes('unknown-'),
    (answer) => transportError(answer, 403, 'tool_denied'),
  ),
});
