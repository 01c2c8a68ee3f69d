import check from '../../../checks/policy/dispatch-permission.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
