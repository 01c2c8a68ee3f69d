import check from '../../../checks/idempotency/first-accepted.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { dispatchingWorld } from '../../support/dispatching.ts';

describeCheck(check, {
  'an installation that queues': {},
  'one that runs dispatches inline': dispatchingWorld('sync'),
  'one that refuses them': { ...dispatchingWorld('unavailable'), status: 'skip' },
});
