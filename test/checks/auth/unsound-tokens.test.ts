import check from '../../../checks/auth/unsound-tokens.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
