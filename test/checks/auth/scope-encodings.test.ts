import check from '../../../checks/auth/scope-encodings.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
