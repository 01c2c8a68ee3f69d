import check from '../../../checks/idempotency/other-subject.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, { 'a stock installation': { status: 'warn' } });
