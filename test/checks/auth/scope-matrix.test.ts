import check from '../../../checks/auth/scope-matrix.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
