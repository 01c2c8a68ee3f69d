import check from '../../../checks/auth/scopeless-token.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
