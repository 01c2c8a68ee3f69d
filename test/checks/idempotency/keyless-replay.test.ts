import check from '../../../checks/idempotency/keyless-replay.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { dispatchingWorld } from '../../support/dispatching.ts';
import { firstRefused } from './first-refused.ts';

describeCheck(check, {
  'an installation that runs dispatches inline': { ...dispatchingWorld('sync'), status: 'warn' },
  'one that queues': { status: 'skip' },
  'a first dispatch that failed': { ...dispatchingWorld('sync'), tweak: firstRefused(), status: 'blocked' },
});
