import check from '../../../checks/protocol/read-call.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
