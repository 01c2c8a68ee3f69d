import check from '../../../checks/auth/missing-token.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
