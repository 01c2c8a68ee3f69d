import check from '../../../checks/rate/recovery.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
