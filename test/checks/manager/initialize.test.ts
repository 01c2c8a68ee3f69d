import check from '../../../checks/manager/initialize.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
