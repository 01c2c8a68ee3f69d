import check from '../../../checks/protocol/tools-list.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
