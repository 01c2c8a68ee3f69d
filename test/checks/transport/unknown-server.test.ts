import check from '../../../checks/transport/unknown-server.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
