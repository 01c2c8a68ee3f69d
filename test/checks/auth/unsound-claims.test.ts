import check from '../../../checks/auth/unsound-claims.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
