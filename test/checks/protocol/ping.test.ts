import check from '../../../checks/protocol/ping.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
