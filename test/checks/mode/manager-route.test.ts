import check from '../../../checks/mode/manager-route.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
