import check from '../../../checks/transport/payload-too-large.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
