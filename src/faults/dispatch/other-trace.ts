import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'dispatch/other-trace',
  title: 'An accepted dispatch names another trace',
  story: 'The body is made with an id of its own.',
  breaks: ['dispatch/accepted:trace'],
  alsoBreaks: ['interop/trace-to-task'],
  app: tamper(
    ({ dispatch }, { status }) => dispatch && status === 202,
    (answer) => withValue(answer, ['trace_id'], 'another'),
  ),
});
