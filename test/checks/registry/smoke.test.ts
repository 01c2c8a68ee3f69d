import check from '../../../checks/registry/smoke.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
