import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'interop/trace-not-kept',
  title: 'The task does not keep the trace',
  story: 'A later release of sTask keeps only the columns it knows.',
  breaks: ['interop/trace-to-task:row'],
  services: ({ tasks }) => ({
    tasks: { ...tasks, queue: (meta, startedBy) => tasks.queue(meta.replace('"trace_id"', '"trace"'), startedBy) },
  }),
});
