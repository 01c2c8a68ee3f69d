import check from '../../../checks/transport/media-type.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
