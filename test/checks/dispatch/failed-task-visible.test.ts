import check from '../../../checks/dispatch/failed-task-visible.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'an installation with a streaming tool': { ...streamingWorld(), status: 'warn' },
  'one without': { status: 'skip' },
});
