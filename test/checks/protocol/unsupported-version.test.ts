import check from '../../../checks/protocol/unsupported-version.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
