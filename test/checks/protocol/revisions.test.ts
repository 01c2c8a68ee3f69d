import check from '../../../checks/protocol/revisions.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
