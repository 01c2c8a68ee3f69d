import check from '../../../checks/manager/read-call.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
