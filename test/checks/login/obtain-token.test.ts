import check from '../../../checks/login/obtain-token.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
