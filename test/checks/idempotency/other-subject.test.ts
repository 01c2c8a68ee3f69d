import check from '../../../checks/idempotency/other-subject.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { firstRefused } from './first-refused.ts';

describeCheck(check, {
  'a stock installation': { status: 'warn' },
  'a key that nobody came to use': { tweak: firstRefused(), status: 'blocked' },
});
