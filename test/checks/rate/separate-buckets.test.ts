import check from '../../../checks/rate/separate-buckets.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
