import check from '../../../checks/auth/sound-token.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
