import check from '../../../checks/transport/precedence.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
