import check from '../../../checks/preflight/reachable.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
