import check from '../../../checks/policy/manager-permission.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
