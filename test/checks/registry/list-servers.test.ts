import check from '../../../checks/registry/list-servers.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
