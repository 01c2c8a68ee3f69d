import check from '../../../checks/transport/get-not-allowed.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
