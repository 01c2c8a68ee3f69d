import check from '../../../checks/manager/tools-list.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
