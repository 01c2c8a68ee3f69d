import check from '../../../checks/auth/refused-not-run.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
