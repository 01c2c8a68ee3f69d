import check from '../../../checks/interop/trace-to-task.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { dispatchingWorld } from '../../support/dispatching.ts';

describeCheck(check, {
  'an installation that queues': {},
  'one that runs dispatches inline': { ...dispatchingWorld('sync'), status: 'skip' },
});
