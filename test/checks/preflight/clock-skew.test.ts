import check from '../../../checks/preflight/clock-skew.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
