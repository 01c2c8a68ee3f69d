import check from '../../../checks/mode/manager-guard.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
