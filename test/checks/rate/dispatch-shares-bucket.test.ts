import check from '../../../checks/rate/dispatch-shares-bucket.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
