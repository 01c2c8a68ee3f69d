import check from '../../../checks/rate/global-threshold.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
