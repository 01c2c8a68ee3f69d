import check from '../../../checks/rate/precedence.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
