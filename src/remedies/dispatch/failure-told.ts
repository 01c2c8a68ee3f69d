import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'dispatch/failure-told',
  title: 'A failed task is told to who repeats the dispatch',
  story: 'A runtime that completes the record of a failed task, with the failure as its result.',
  mends: ['dispatch/failed-task-visible:visible'],
  services: ({ idempotency, tasks }) => {
    const keys = new Map<number, string>();
    return {
      idempotency: {
        ...idempotency,
        save(key, record) {
          keys.set(record.taskId, key);
          idempotency.save(key, record);
        },
      },
      tasks: {
        ...tasks,
        fail(task, message) {
          tasks.fail(task, message);
          const key = keys.get(task) ?? '';
          const record = idempotency.find(key);
          if (record) idempotency.save(key, { ...record, status: 'completed', result: '{"http_status":500}' });
        },
      },
    };
  },
});
