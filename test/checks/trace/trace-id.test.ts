import check from '../../../checks/trace/trace-id.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
