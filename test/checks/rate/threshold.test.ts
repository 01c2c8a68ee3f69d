import check from '../../../checks/rate/threshold.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
