import check from '../../../checks/rate/counted-requests.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
