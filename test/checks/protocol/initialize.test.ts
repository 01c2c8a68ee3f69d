import check from '../../../checks/protocol/initialize.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
