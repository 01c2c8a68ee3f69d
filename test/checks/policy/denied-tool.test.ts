import check from '../../../checks/policy/denied-tool.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
